package io.twinspan.crypto;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.conditions.ArchConditions.have;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/** The rules that keep this module pure: no clock, no randomness of its own, no I/O, no threads, no cycles. */
@AnalyzeClasses(packages = "io.twinspan.crypto", importOptions = ImportOption.DoNotIncludeTests.class)
final class TunnelCryptoArchitectureTest {
    private static final Set<String> ADDRESS_VALUE_TYPES = Set.of(
            InetAddress.class.getName(),
            Inet4Address.class.getName(),
            Inet6Address.class.getName(),
            UnknownHostException.class.getName());

    private static final DescribedPredicate<JavaClass> OUTSIDE_WORLD = resideInAnyPackage(
                    "io.netty..", "java.net..", "java.nio.channels..", "java.nio.file..", "org.slf4j..")
            .and(describe("are no address value types", type -> !ADDRESS_VALUE_TYPES.contains(type.getName())));

    private static final DescribedPredicate<JavaClass> FILES_AND_THREADS = describe(
            "are files, threads or concurrency",
            type -> type.getName().startsWith("java.io.File")
                    || type.getName().startsWith("java.lang.Thread")
                    || (type.getPackageName().startsWith("java.util.concurrent")
                            && !type.getName().equals(TimeUnit.class.getName())));

    /** Libreswan CVE-2020-1763 and CVE-2022-23094: the line about a drop used a state that was not there. */
    @ArchTest
    static final ArchRule a25_WHAT_IS_SAID_OF_A_DROP_KNOWS_NO_SA = noClasses()
            .that()
            .haveNameMatching(".*\\.(IkeMisbehaviour|IkeReport\\$Misbehaved|DecodeResult(\\$.*)?|RuleViolation|"
                    + "OpenResult\\$IntegrityFailed|EspVerdict|HeaderVerdict|PeerText)")
            .should()
            .dependOnClassesThat(describe(
                    "hold an SA's state",
                    type -> type.getName()
                            .matches(".*\\.(IkeSa(\\$.*)?|SaCore|ChildSa|IkePeer|Turn|SkPayload|(In|Out)boundSa)")));

    /** One class reads one file of the kernel's: what the processor can do, which must not be taken on anyone's word. */
    @ArchTest
    static final ArchRule R1_KNOWS_NO_SOCKETS_FILES_OR_THREADS = noClasses()
            .that()
            .doNotHaveFullyQualifiedName("io.twinspan.crypto.ipsecmb.CpuFlags")
            .should()
            .dependOnClassesThat(OUTSIDE_WORLD)
            .orShould()
            .dependOnClassesThat(FILES_AND_THREADS);

    @ArchTest
    static final ArchRule R2_READS_NO_CLOCK = noClasses()
            .should()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(LocalDateTime.class, "now")
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(Clock.class);

    @ArchTest
    static final ArchRule R2_DRAWS_NO_RANDOMNESS_OF_ITS_OWN = noClasses()
            .should()
            .dependOnClassesThat()
            .areAssignableTo(RandomGenerator.class)
            .orShould()
            .callMethod(Math.class, "random");

    @ArchTest
    static final ArchRule R3_WORKS_ON_ARRAYS_ONLY_BUT_FOR_THE_NATIVE_ENGINE = noClasses()
            .that()
            .resideOutsideOfPackage("io.twinspan.crypto.ipsecmb")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("java.lang.foreign..");

    @ArchTest
    static final ArchRule R5_PACKAGES_HAVE_NO_CYCLES =
            slices().matching("io.twinspan.crypto.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule R6_OPTIONAL_IS_NO_FIELD = noFields().should().haveRawType(Optional.class);

    @ArchTest
    static final ArchRule R6_OPTIONAL_IS_NO_PARAMETER = methods()
            .that(describe(
                    "are written by hand", method -> !method.getModifiers().contains(JavaModifier.SYNTHETIC)))
            .should(have(describe("no parameter of type Optional", TunnelCryptoArchitectureTest::takesNoOptional)));

    @ArchTest
    static final ArchRule R7_THE_PACKET_PATH_HAS_NO_STREAMS_FORMATS_OR_MAPS = noClasses()
            .that()
            .resideInAnyPackage("..crypto.esp..", "..crypto.packet..", "..crypto.offload..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("java.util.stream..")
            .orShould()
            .callMethod(String.class, "format", String.class, Object[].class)
            .orShould()
            .callMethod(String.class, "formatted", Object[].class)
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(Map.class);

    @ArchTest
    static final ArchRule R8_NAMES_SAY_WHAT_A_CLASS_IS =
            classes().should().haveNameNotMatching(".*(Utils?|Helper|Manager)");

    private static boolean takesNoOptional(JavaMethod method) {
        return method.getRawParameterTypes().stream().noneMatch(type -> type.isEquivalentTo(Optional.class));
    }
}
