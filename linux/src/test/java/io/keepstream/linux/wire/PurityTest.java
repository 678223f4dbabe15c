package io.keepstream.linux.wire;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

final class PurityTest {
  @Test
  void wireKnowsNothingButBytes() {
    classes()
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "io.keepstream.linux.wire",
            "java.lang",
            "java.lang.foreign",
            "java.lang.invoke",
            "java.lang.runtime",
            "java.net",
            "java.nio",
            "java.nio.charset",
            "java.util",
            "java.util.function")
        .check(
            new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("io.keepstream.linux.wire"));
  }
}
