package dev.verbatim.bench;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The rules of the house, for this module. */
final class RulesTest {
    private static final JavaClasses ALL = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.verbatim");

    @Test
    void servicesAreOnlyStarted() {
        noClasses()
                .that()
                .resideInAPackage("dev.verbatim.bench..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.verbatim.server..")
                .check(ALL);
    }

    @Test
    void onlyRivalsKnowTheFrameworks() {
        noClasses()
                .that(resideOutsideOfPackages("dev.verbatim.bench.rival.."))
                .should()
                .dependOnClassesThat(
                        resideInAnyPackage("org.springframework..", "dev.langchain4j..", "redis.clients.."))
                .check(ALL);
    }

    @Test
    void nothingKnowsTheBench() {
        noClasses()
                .that(resideOutsideOfPackages("dev.verbatim.bench.."))
                .should()
                .dependOnClassesThat(resideInAnyPackage("dev.verbatim.bench.."))
                .check(ALL);
    }
}
