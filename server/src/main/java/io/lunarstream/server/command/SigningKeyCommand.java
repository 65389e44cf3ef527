package io.lunarstream.server.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.lunarstream.server.client.ApiRequest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `signing-key`: what push tokens are signed with.
@Command(name = "signing-key", description = "The keys that push tokens are signed with.")
final class SigningKeyCommand {
    private final Workplace workplace;

    SigningKeyCommand(Workplace workplace) {
        this.workplace = workplace;
    }

    @Command(
            name = "rotate",
            description = "Sign with a new key from now on. Older tokens stay good until they expire.")
    void rotate(
            @Mixin ResultOptions options,
            @Option(names = "--retire-now", description = "refuse older tokens at once: after a theft")
                    boolean retireNow) {
        JsonNode answer = workplace
                .admin(options)
                .data(ApiRequest.post(
                        "/admin/signing-keys/rotate",
                        JsonNodeFactory.instance.objectNode().put("retireNow", retireNow)));
        workplace
                .printout(options)
                .done(
                        answer,
                        retireNow
                                ? "Push tokens are signed with a new key; older tokens are refused."
                                : "Push tokens are signed with a new key; older tokens stay good until they expire.");
    }
}
