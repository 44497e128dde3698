package dev.verbatim.faults;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import org.junit.jupiter.api.Test;

/** The rules of the house, for this module. */
final class RulesTest {
    private static final JavaClasses ALL = new ClassFileImporter().importPackages("dev.verbatim.faults");

    @Test
    void servicesAreOnlyStarted() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .haveNameMatching("dev\\.verbatim\\.server\\.(?!Main$).*")
                .check(ALL);
    }
}
