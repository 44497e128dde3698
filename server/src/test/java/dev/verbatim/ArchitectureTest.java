package dev.verbatim;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The rules of the house. */
final class ArchitectureTest {
    private static final JavaClasses ALL = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.verbatim");

    @Test
    void looksAtAllModules() {
        assertThat(ALL.stream().map(c -> c.getPackageName()).toList())
                .contains(
                        "dev.verbatim",
                        "dev.verbatim.postgres",
                        "dev.verbatim.redis",
                        "dev.verbatim.embedded",
                        "dev.verbatim.testkit",
                        "dev.verbatim.server");
    }

    @Test
    void coreKnowsNoFrameworkAndNoOtherModule() {
        classes()
                .that()
                .resideInAnyPackage(
                        "dev.verbatim",
                        "dev.verbatim.insight..",
                        "dev.verbatim.postgres..",
                        "dev.verbatim.redis..",
                        "dev.verbatim.search..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "java..",
                        "javax.sql..",
                        "javax.net.ssl..",
                        "org.slf4j..",
                        "org.jspecify..",
                        "tools.jackson.core..",
                        "com.fasterxml.uuid..",
                        "com.datadoghq.sketch..",
                        "com.dynatrace.hash4j..",
                        "dev.verbatim",
                        "dev.verbatim.insight..",
                        "dev.verbatim.postgres..",
                        "dev.verbatim.redis..",
                        "dev.verbatim.search..",
                        "org.postgresql..",
                        "com.zaxxer.hikari..",
                        "org.flywaydb..",
                        "io.lettuce..",
                        "io.netty.util.concurrent..",
                        "io.github.resilience4j..")
                .check(ALL);
    }

    @Test
    void onlyThePostgresPackageSpeaksSql() {
        noClasses()
                .that(resideOutsideOfPackages(
                        "dev.verbatim.postgres..", "dev.verbatim.embedded..", "dev.verbatim.testkit.."))
                .should()
                .dependOnClassesThat(resideInAnyPackage(
                        "java.sql..", "javax.sql..", "org.postgresql..", "com.zaxxer..", "org.flywaydb.."))
                .check(ALL);
    }

    @Test
    void onlyTheRedisPackageSpeaksToRedis() {
        noClasses()
                .that(resideOutsideOfPackages("dev.verbatim.redis.."))
                .should()
                .dependOnClassesThat(resideInAnyPackage("io.lettuce..", "io.netty.."))
                .check(ALL);
    }

    @Test
    void nothingKnowsTheServer() {
        noClasses()
                .that(resideOutsideOfPackages("dev.verbatim.server.."))
                .should()
                .dependOnClassesThat(resideInAnyPackage("dev.verbatim.server.."))
                .check(ALL);
    }
}
