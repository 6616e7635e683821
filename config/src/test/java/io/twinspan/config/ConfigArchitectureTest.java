package io.twinspan.config;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Optional;

/** The directions of the house that concern this module. */
@AnalyzeClasses(packages = "io.twinspan.config", importOptions = ImportOption.DoNotIncludeTests.class)
class ConfigArchitectureTest {
    @ArchTest
    static final ArchRule seesOnlyValueTypesOfTheCryptoModule = noClasses()
            .should()
            .dependOnClassesThat(JavaClass.Predicates.resideInAPackage("io.twinspan.crypto..")
                    .and(DescribedPredicate.not(JavaClass.Predicates.resideInAnyPackage(
                            "io.twinspan.crypto.suite", "io.twinspan.crypto.net", "io.twinspan.crypto.secret"))));

    @ArchTest
    static final ArchRule knowsNoNetworkNoThreadsAndNoDaemon = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.netty..", "io.twinspan.daemon..", "java.util.concurrent..", "java.net.http..");

    @ArchTest
    static final ArchRule onlyTheLoaderTheSecretsAndTheWriterTouchFiles = noClasses()
            .that()
            .haveNameNotMatching(".*\\.(ConfigLoader|SecretFolder|ImportedFiles)(\\$.*)?")
            .should()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.nio.file.Files");

    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().matching("io.twinspan.config.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule optionalIsNoField =
            fields().should().notHaveRawType(Optional.class).because("an Optional is an answer, not a state (R6)");

    @ArchTest
    static final ArchRule optionalIsNoParameter = methods()
            .that()
            .areNotPrivate()
            .should(new ArchCondition<>("take no Optional") {
                @Override
                public void check(JavaMethod method, ConditionEvents events) {
                    boolean takes = method.getRawParameterTypes().stream()
                            .anyMatch(type -> type.isEquivalentTo(Optional.class));
                    boolean counts = takes && !method.getModifiers().contains(JavaModifier.SYNTHETIC);
                    events.add(new SimpleConditionEvent(method, !counts, method.getFullName() + " takes an Optional"));
                }
            });

    @ArchTest
    static final ArchRule namesSayWhatAClassIs = noClasses()
            .should()
            .haveSimpleNameEndingWith("Util")
            .orShould()
            .haveSimpleNameEndingWith("Utils")
            .orShould()
            .haveSimpleNameEndingWith("Helper")
            .orShould()
            .haveSimpleNameEndingWith("Manager");
}
