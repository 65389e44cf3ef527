package io.lunarstream.server;

import io.lunarstream.server.auth.ApiKey;
import io.lunarstream.server.auth.ApiKeyRepository;
import io.lunarstream.server.database.Database;
import io.lunarstream.server.mediaserver.MediaServerRepository;
import io.lunarstream.server.mediaserver.MediaServers;
import io.lunarstream.server.project.Project;
import io.lunarstream.server.project.ProjectRepository;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/// What a first start makes, and later starts find: a project, its API key, the embedded media server.
///
/// @param projectId the first project
/// @param mediaServerId the embedded media server
record Bootstrap(UUID projectId, UUID mediaServerId) {

    /// The new key is in the credentials file before the transaction commits: a crash between the two leaves a file
    /// that the next start writes anew, never a key that nobody knows.
    static Bootstrap run(Database database, CredentialsFile credentials, InstantSource clock, SecureRandom random) {
        MediaServerRepository mediaServers = new MediaServerRepository();
        ProjectRepository projects = new ProjectRepository();
        Optional<Bootstrap> earlier = database.read(handle -> projects.oldest(handle)
                .flatMap(project ->
                        mediaServers.findLocal(handle).map(server -> new Bootstrap(project.id(), server.id()))));
        return earlier.orElseGet(() -> database.write(transaction -> {
            Instant now = clock.instant();
            UUID mediaServerId = MediaServers.registerLocal(transaction, mediaServers, now);
            Project project = projects.oldest(transaction)
                    .orElseGet(() -> makeProject(transaction, projects, credentials, now, random));
            return new Bootstrap(project.id(), mediaServerId);
        }));
    }

    private static Project makeProject(
            Handle transaction,
            ProjectRepository projects,
            CredentialsFile credentials,
            Instant now,
            SecureRandom random) {
        Project project = new Project(UUID.randomUUID(), "default", now);
        ApiKey key = ApiKey.generate(random);
        projects.insert(transaction, project);
        new ApiKeyRepository().insert(transaction, UUID.randomUUID(), project.id(), "first", key, now);
        credentials.writeKey(project.id(), key);
        return project;
    }
}
