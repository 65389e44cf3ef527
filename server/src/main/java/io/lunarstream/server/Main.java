package io.lunarstream.server;

import io.lunarstream.server.LostPassword.Done;
import io.lunarstream.server.command.CommandLineProgram;
import io.lunarstream.server.command.LocalWork;
import io.lunarstream.server.command.NewPassword;
import io.lunarstream.server.config.ConfigException;
import io.lunarstream.server.config.Configuration;
import io.lunarstream.server.config.Settings;
import io.lunarstream.server.database.DatabaseUnavailableException;
import io.lunarstream.server.database.UnusableDatabaseException;
import io.lunarstream.server.http.PortTakenException;
import io.lunarstream.server.http.UnhandledErrors;
import io.lunarstream.server.publisher.PublishCommand;
import io.lunarstream.server.publisher.PublishCommand.PublishException;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The program's entry: `up [options]`, `publish FILE.flv ADDRESS [--once]`, `version`; every other word belongs to
/// the command line.
public final class Main {

    /// The promise of operations, "One machine", less a second for the JVM.
    private static final Duration MAX_CLOSE = Duration.ofSeconds(9);

    private Main() {}

    public static void main(String[] arguments) throws InterruptedException {
        String command = arguments.length == 0 ? "" : arguments[0];
        switch (command) {
            case "up" -> up(List.of(arguments).subList(1, arguments.length));
            case "publish" -> publish(List.of(arguments).subList(1, arguments.length));
            case "version" -> System.out.println(Version.current());
            // Here and not before: its library costs a start more than all else that is decided here.
            default ->
                System.exit(CommandLineProgram.run(
                        List.of(arguments), new LocalWork(Main::setPassword, DatabaseWork::carryOut)));
        }
    }

    private static void up(List<String> arguments) throws InterruptedException {
        Carriers.ask();
        try {
            Configuration configuration = Configuration.read(arguments, System.getenv());
            System.setProperty(
                    "lunar.logging.format",
                    configuration.settings().logFormat().name().toLowerCase(Locale.ROOT));
            Thread.setDefaultUncaughtExceptionHandler((_, error) -> UnhandledErrors.report(error));
            Logger log = LoggerFactory.getLogger(Main.class);
            configuration.warnings().forEach(log::warn);
            Program program = Program.start(configuration.settings(), Clock.tickMillis(ZoneOffset.UTC));
            closeOnSignal(program);
            System.out.println(program.report());
            System.out.println("ready");
            if (configuration.demo() && program instanceof Server server) {
                server.demo().start(page -> System.out.println("Open " + page + " to watch the demo"));
            }
        } catch (ConfigException | PortTakenException | DatabaseUnavailableException | UnusableDatabaseException e) {
            fail(String.valueOf(e.getMessage()));
        }
    }

    private static void publish(List<String> arguments) {
        try {
            PublishCommand.parse(arguments).run();
        } catch (PublishException e) {
            fail(String.valueOf(e.getMessage()));
        }
    }

    /// What is said of a password that was set.
    private static String setPassword(NewPassword wanted) {
        Settings settings = Configuration.read(
                        List.of("--data-dir", wanted.dataDirectory().toString()), System.getenv())
                .settings();
        Done done = LostPassword.set(
                wanted.dataDirectory(),
                settings.database(),
                wanted.email(),
                wanted.chosen(),
                Clock.tickMillis(ZoneOffset.UTC));
        String password = done.generated()
                .map(generated -> " is " + generated + "  (also in " + done.credentials() + ")")
                .orElse(" is set");
        return "The password of " + done.email() + password + ". Its logins have ended.";
    }

    private static void closeOnSignal(Program program) {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> close(program), "close"));
    }

    /// Closes the program, or gives up: a part that hangs must not keep the program from ending.
    private static void close(Program program) {
        CountDownLatch closed = new CountDownLatch(1);
        Thread.ofPlatform().daemon().name("close-program").start(() -> {
            program.close();
            closed.countDown();
        });
        try {
            if (!closed.await(MAX_CLOSE.toMillis(), TimeUnit.MILLISECONDS)) {
                LoggerFactory.getLogger(Main.class).warn("not everything closed within {}", MAX_CLOSE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void fail(String line) {
        System.err.println("lunar: " + line);
        System.exit(1);
    }
}
