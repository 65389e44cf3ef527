package io.lunarstream.server;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.net.URI;
import org.junit.jupiter.api.Test;

/// The rules of ARCHITECTURE that a machine can hold.
class ArchitectureTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.lunarstream");

    private static final String[] MEDIA = {
        "io.lunarstream.media..",
        "io.lunarstream.rtmp..",
        "io.lunarstream.flv..",
        "io.lunarstream.mpegts..",
        "io.lunarstream.fmp4..",
        "io.lunarstream.hls..",
    };

    private static final String[] MEDIA_PLANE = {
        "io.lunarstream.server.ingest..", "io.lunarstream.server.live..", "io.lunarstream.server.origin..",
    };

    private static final String[] FEATURES = {
        "io.lunarstream.server.auth..",
        "io.lunarstream.server.project..",
        "io.lunarstream.server.livestream..",
        "io.lunarstream.server.mediaserver..",
        "io.lunarstream.server.pushtoken..",
        "io.lunarstream.server.account..",
        "io.lunarstream.server.database..",
    };

    @Test
    void packagesHaveNoCycles() {
        slices().matching("io.lunarstream.(**)").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void mediaKnowsNoSocketsThreadsClocksOrLogging() {
        noClasses()
                .that()
                .resideInAnyPackage(MEDIA)
                .should()
                .dependOnClassesThat(resideInAnyPackage(
                                "java.net..",
                                "java.nio.channels..",
                                "java.util.concurrent..",
                                "io.vertx..",
                                "io.netty.channel..",
                                "org.slf4j..",
                                "io.lunarstream.server..")
                        .and(not(type(URI.class))))
                .allowEmptyShould(true)
                .check(CLASSES);
        noClasses()
                .that()
                .resideInAnyPackage(MEDIA)
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.lang.Thread")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.time.Clock")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(System.class, "nanoTime")
                .allowEmptyShould(true)
                .check(CLASSES);
    }

    @Test
    void onlyWhatSpeaksOnSocketsKnowsTheHttpAndNetTypesOfVertx() {
        noClasses()
                .that()
                .resideOutsideOfPackages(
                        "io.lunarstream.server.transport..",
                        "io.lunarstream.server.cluster..",
                        "io.lunarstream.server.http..",
                        "io.lunarstream.server.origin..",
                        "io.lunarstream.server.ingest..",
                        "io.lunarstream.server.player..",
                        "io.lunarstream.server.publisher..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.vertx.core.http..", "io.vertx.core.net..")
                .check(CLASSES);
    }

    @Test
    void handlersDoNotCallRepositories() {
        noClasses()
                .that()
                .haveSimpleNameEndingWith("Handler")
                .should()
                .dependOnClassesThat()
                .haveSimpleNameEndingWith("Repository")
                .check(CLASSES);
    }

    @Test
    void onlyRepositoriesWriteSql() {
        noClasses()
                .that()
                .haveSimpleNameNotEndingWith("Repository")
                .and()
                .resideOutsideOfPackage("io.lunarstream.server.database..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.jdbi.v3.core.statement..", "java.sql..")
                .check(CLASSES);
    }

    /// What a stranger's bytes could be made to do: run a command, make objects, fetch files, speak to a management
    /// interface. Others have had each of them.
    @Test
    void nothingStartsProgramsReadsObjectsOrXmlOrOpensJmx() {
        noClasses()
                .that()
                .resideInAnyPackage("io.lunarstream.server..")
                .or()
                .resideInAnyPackage(MEDIA)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "javax.xml..", "org.xml..", "org.w3c..", "javax.script..", "javax.management..", "java.rmi..")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.io.ObjectInputStream")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.lang.ProcessBuilder")
                .orShould()
                .callMethod(Runtime.class, "exec", String.class)
                .orShould()
                .callMethod(Runtime.class, "exec", String[].class)
                .check(CLASSES);
    }

    @Test
    void theCommandLineKnowsTheServerOnlyByItsApi() {
        noClasses()
                .that()
                .resideInAnyPackage("io.lunarstream.server.client..", "io.lunarstream.server.command..")
                .should()
                .dependOnClassesThat(resideInAnyPackage("io.lunarstream..")
                        .and(not(resideInAnyPackage(
                                "io.lunarstream.server.client..",
                                "io.lunarstream.server.command..",
                                "io.lunarstream.server.config.."))))
                .check(CLASSES);
    }

    @Test
    void theMediaPlaneDoesNotKnowTheControlPlane() {
        noClasses()
                .that()
                .resideInAnyPackage(MEDIA_PLANE)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(FEATURES)
                .allowEmptyShould(true)
                .check(CLASSES);
    }
}
