package io.lunarstream.server.client;

import io.lunarstream.server.client.ClientException.Reason;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/// The server that a command is about: an address, and what this machine knows about it.
public final class Target {
    private static final String DEFAULT_DATA_DIRECTORY = "data";
    private static final String KEY_VARIABLE = "LUNAR_API_KEY";

    /// What may stand in a header.
    private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e]+");

    private final Surroundings surroundings;
    private final Logins logins;
    private final ApiClient client;

    /// The installation on this machine, if it has this address.
    private final Optional<LocalInstallation> local;

    private Target(Surroundings surroundings, Logins logins, ApiUrl url, Optional<LocalInstallation> local) {
        this.surroundings = surroundings;
        this.logins = logins;
        this.client = new ApiClient(url);
        this.local = local;
    }

    /// Finds the server: the one that is named, else the one of the data directory, else that of the last login.
    ///
    /// @param url of `--url`
    /// @param dataDirectory of `--data-dir`; if it is given, the environment names no other server
    public static Target find(Surroundings surroundings, Optional<String> url, Optional<Path> dataDirectory) {
        Path folder = dataDirectory(surroundings, dataDirectory);
        Logins logins = new Logins(surroundings);
        Optional<LocalInstallation> here = LocalInstallation.in(folder);
        ApiUrl chosen = url.map(text -> ApiUrl.parse(text, "--url"))
                .or(() -> dataDirectory.isPresent()
                        ? Optional.empty()
                        : surroundings.variable("LUNAR_API_URL").map(text -> ApiUrl.parse(text, "LUNAR_API_URL")))
                .or(() -> here.map(LocalInstallation::url))
                .or(() -> dataDirectory.isPresent() ? Optional.empty() : logins.latest())
                .orElseThrow(() -> unknown(folder));
        return new Target(
                surroundings, logins, chosen, here.filter(found -> found.url().equals(chosen)));
    }

    /// The data directory of the server on this machine, if there is one.
    ///
    /// @param given of `--data-dir`
    public static Path dataDirectory(Surroundings surroundings, Optional<Path> given) {
        return surroundings
                .folder()
                .resolve(given.or(() -> surroundings.variable("LUNAR_DATA_DIR").map(Path::of))
                        .orElse(Path.of(DEFAULT_DATA_DIRECTORY)));
    }

    private static ClientException unknown(Path folder) {
        return new ClientException(
                Reason.MISUSED,
                "no server is known here: there is no " + folder.resolve("credentials.json")
                        + "\nStart one (./lunar up), or name one: --data-dir DIR, --url https://HOST/api/v1"
                        + " or LUNAR_API_URL.");
    }

    public ApiUrl url() {
        return client.url();
    }

    /// The project that is named, else the one that this server's credentials file names.
    ///
    /// @param named of `--project`
    public String projectId(Optional<UUID> named) {
        return named.map(UUID::toString)
                .or(() -> local.flatMap(LocalInstallation::projectId))
                .orElseThrow(() -> new ClientException(
                        Reason.MISUSED,
                        "which project? Give --project ID; ./lunar project list shows the projects of " + url()));
    }

    public AdminApi admin() {
        return new AdminApi(client, logins, local, surroundings.clock());
    }

    /// The API by a project's key: of the file that is named, of the environment, of the credentials file.
    ///
    /// @param keyFile of `--api-key-file`
    public PartnerApi partner(Optional<Path> keyFile) {
        Optional<String> key = keyFile.map(this::readKey)
                .or(() -> surroundings.variable(KEY_VARIABLE).map(text -> checked(text, KEY_VARIABLE)))
                .or(() -> local.flatMap(LocalInstallation::apiKey));
        return new PartnerApi(client, key.orElseThrow(() -> PartnerApi.keyMissing(url())));
    }

    private String readKey(Path file) {
        String text = SecretFiles.read(surroundings.folder().resolve(file))
                .orElseThrow(() -> new ClientException(Reason.MISUSED, file + " is not there"));
        return checked(text, file.toString());
    }

    private static String checked(String text, String origin) {
        String key = text.strip();
        if (!KEY.matcher(key).matches()) {
            throw new ClientException(Reason.MISUSED, origin + " does not hold an API key");
        }
        return key;
    }
}
