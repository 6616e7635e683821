package io.twinspan.daemon;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Optional;

/** Who may know whom inside the daemon, and what only few may touch. */
@AnalyzeClasses(packages = "io.twinspan.daemon", importOptions = DoNotIncludeTests.class)
final class DaemonArchitectureTest {
    @ArchTest
    static final ArchRule NOBODY_REACHES_THE_COMPOSITION_ROOT = noClasses()
            .that()
            .resideOutsideOfPackage("..daemon.app..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("..daemon.app..");

    @ArchTest
    static final ArchRule PACKAGES_FORM_NO_CYCLES =
            slices().matching("io.twinspan.daemon.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule LIVENESS_KNOWS_NOBODY = knows("liveness");

    @ArchTest
    static final ArchRule FAILOVER_KNOWS_LIVENESS_ONLY = knows("failover", "liveness");

    @ArchTest
    static final ArchRule PATH_MTU_KNOWS_NOBODY = knows("pathmtu");

    @ArchTest
    static final ArchRule ARCHIVE_KNOWS_DRILLS_ONLY = knows("archive", "drill");

    @ArchTest
    static final ArchRule DRILL_KNOWS_NOBODY = knows("drill");

    @ArchTest
    static final ArchRule HISTORY_KNOWS_NOBODY = knows("history");

    @ArchTest
    static final ArchRule OBSERVE_KNOWS_NOBODY = knows("observe");

    @ArchTest
    static final ArchRule ACCESS_KNOWS_NOBODY = knows("access");

    @ArchTest
    static final ArchRule ACCESS_DECIDES_WITHOUT_FILES_THREADS_AND_CHANCE = noClasses()
            .that()
            .resideInAPackage("..daemon.access..")
            .should()
            .dependOnClassesThat(resideInAnyPackage(
                            "io.netty..", "java.nio.file..", "java.nio.channels..", "java.io..", "org.slf4j..")
                    .or(nameMatching("java\\.lang\\.Thread|java\\.util\\.Random|java\\.security\\.SecureRandom"
                            + "|java\\.time\\.Clock|java\\.net\\..*Socket")));

    @ArchTest
    static final ArchRule IKE_KNOWS_THE_DATA_PLANES_COMMANDS_AND_THE_LOOP =
            knows("ike", "dataplane", "loop", "observe");

    @ArchTest
    static final ArchRule CONTROL_DECIDES_BUT_OPENS_NOTHING = knows(
            "control",
            "drill",
            "history",
            "ike",
            "liveness",
            "failover",
            "pathmtu",
            "dataplane",
            "loop",
            "reload",
            "routing",
            "observe");

    @ArchTest
    static final ArchRule RELOAD_KNOWS_NOBODY = knows("reload");

    @ArchTest
    static final ArchRule EXPLAIN_KNOWS_NOBODY = knows("explain");

    @ArchTest
    static final ArchRule METRICS_READ_AND_NEVER_ORDER =
            knows("metrics", "control", "dataplane", "drill", "failover", "http", "ike", "observe");

    @ArchTest
    static final ArchRule ONLY_METRICS_KNOWS_MICROMETER = noClasses()
            .that()
            .resideOutsideOfPackage("..daemon.metrics..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.micrometer..");

    @ArchTest
    static final ArchRule DIAGNOSIS_LOOKS_AT_SNAPSHOTS =
            knows("diagnosis", "explain", "control", "dataplane", "observe");

    @ArchTest
    static final ArchRule DIAGNOSIS_GATHERS_NOTHING_ITSELF = noClasses()
            .that()
            .resideInAPackage("..daemon.diagnosis..")
            .should()
            .dependOnClassesThat(resideInAnyPackage("io.netty..", "java.nio.file..", "java.io..", "org.slf4j..")
                    .or(nameMatching("java\\.lang\\.(Thread|Process.*)|java\\.util\\.Random")));

    @ArchTest
    static final ArchRule HTTP_ASKS_CONTROL =
            knows("http", "access", "diagnosis", "explain", "control", "drill", "history", "reload", "observe");

    @ArchTest
    static final ArchRule COMMAND_LINE_TALKS_TO_THE_API_ONLY = knows("cli", "access", "explain", "drill", "observe");

    @ArchTest
    static final ArchRule IO_IMPLEMENTS_THE_PORTS =
            knows("io", "dataplane", "ike", "buffer", "queue", "loop", "sys", "observe");

    @ArchTest
    static final ArchRule DATA_PLANE_KNOWS_MEMORY_AND_LOOPS = knows("dataplane", "buffer", "queue", "loop");

    @ArchTest
    static final ArchRule QUEUE_KNOWS_MEMORY_ONLY = knows("queue", "buffer");

    @ArchTest
    static final ArchRule RESUME_IMPLEMENTS_THE_MEMORIES = knows("resume", "ike", "control", "dataplane");

    @ArchTest
    static final ArchRule SYS_KNOWS_NOBODY = knows("sys");

    @ArchTest
    static final ArchRule SERVICE_ASKS_CONTROL_AND_KEEPS_DESCRIPTORS = knows("service", "control", "observe", "sys");

    @ArchTest
    static final ArchRule PURE_MACHINES_TOUCH_NO_OUTSIDE_WORLD = noClasses()
            .that()
            .resideInAnyPackage(
                    "..liveness..",
                    "..failover..",
                    "..pathmtu..",
                    "..daemon.reload..",
                    "..queue..",
                    "..daemon.drill..",
                    "..daemon.history..")
            .should()
            .dependOnClassesThat(resideInAnyPackage(
                            "io.netty..",
                            "java.net..",
                            "java.nio..",
                            "java.io..",
                            "java.util.concurrent..",
                            "org.slf4j..")
                    .or(nameMatching("java\\.lang\\.Thread|java\\.util\\.Random|java\\.security\\..*")));

    @ArchTest
    static final ArchRule PURE_MACHINES_READ_NO_CLOCK = noClasses()
            .that()
            .resideInAnyPackage(
                    "..liveness..",
                    "..failover..",
                    "..pathmtu..",
                    "..daemon.reload..",
                    "..queue..",
                    "..daemon.drill..",
                    "..daemon.history..")
            .should()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.time.Clock");

    @ArchTest
    static final ArchRule ONLY_SYS_AND_BUFFER_TOUCH_NATIVE_MEMORY = noClasses()
            .that()
            .resideOutsideOfPackages("..daemon.sys..", "..daemon.buffer..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("java.lang.foreign..");

    @ArchTest
    static final ArchRule ONLY_THE_SHELL_KNOWS_NETTY = noClasses()
            .that()
            .resideOutsideOfPackages("..daemon.loop..", "..daemon.io..", "..daemon.http..", "..daemon.app..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.netty..");

    /** Libreswan CVE-2020-1763 and CVE-2022-23094: the line about a drop used a state that was not there. */
    @ArchTest
    static final ArchRule a25_WHAT_IS_SAID_OF_A_DROP_KNOWS_NO_SA = noClasses()
            .that()
            .haveNameMatching(".*\\.(DatagramDrop|PathVerdict|DropCounters|ReportJournal|Logfmt|PlainText)(\\$.*)?")
            .should()
            .dependOnClassesThat(nameMatching(
                    ".*\\.((In|Out)boundSa|(In|Out)boundChild|SadTable|IkePeer|IkePeerHost|IkePeerMachine)"));

    @ArchTest
    static final ArchRule NOBODY_USES_NETTYS_INSIDES = noClasses()
            .should()
            .dependOnClassesThat()
            .haveFullyQualifiedName("io.netty.channel.epoll.Native")
            .orShould()
            .dependOnClassesThat()
            .areAnnotatedWith("io.netty.util.internal.UnstableApi");

    @ArchTest
    static final ArchRule OPTIONAL_IS_FOR_RETURNING = fields().should().notHaveRawType(Optional.class);

    @ArchTest
    static final ArchRule NAMES_SAY_WHAT_A_CLASS_IS = classes()
            .that()
            .haveSimpleNameNotStartingWith("IkeSaManager")
            .should()
            .haveNameNotMatching(".*(Utils?|Helper|Manager)");

    /** Inside the daemon, a package depends on these packages and itself, and on nothing else. */
    private static ArchRule knows(String name, String... others) {
        String[] allowed = new String[others.length + 1];
        allowed[0] = "..daemon." + name + "..";
        for (int i = 0; i < others.length; i++) {
            allowed[i + 1] = "..daemon." + others[i] + "..";
        }
        return noClasses()
                .that()
                .resideInAPackage("..daemon." + name + "..")
                .should()
                .dependOnClassesThat(resideInAnyPackage("io.twinspan.daemon..")
                        .and(DescribedPredicate.not(resideInAnyPackage(allowed))));
    }
}
