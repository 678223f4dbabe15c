package io.keepstream.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.keepstream.testkit.Proves;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may use whom, and that what is called pure is pure. */
class ArchitectureTest {
  private static final String ROOT = "io.keepstream.";

  private static final JavaClasses MAIN =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.keepstream");

  /** Packages outside the pure ones: edges, and modules that are an edge as a whole. */
  private static final Set<String> IMPURE =
      Set.of(
          "election.edge",
          "health.edge",
          "lvs.edge",
          "notifier.edge",
          "runtime",
          "runtime.link.edge",
          "runtime.script",
          "linux.libc",
          "linux.file",
          "linux.socket",
          "linux.netlink",
          "linux.namespace",
          "lab",
          "testkit",
          "node");

  @ParameterizedTest
  @ValueSource(strings = {"election", "health", "lvs", "notifier"})
  void noServiceUsesAnother(String service) {
    String[] others =
        List.of("election", "health", "lvs", "notifier").stream()
            .filter(other -> !other.equals(service))
            .map(other -> ROOT + other + "..")
            .toArray(String[]::new);
    noClasses()
        .that()
        .resideInAPackage(ROOT + service + "..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(others)
        .check(MAIN);
  }

  @Test
  void modulesUseWhatTheirCharterAllows() {
    onlyUses("contract..", "java..", "com.fasterxml.jackson.annotation..");
    onlyUses("config..", "java..");
    onlyUses("linux..", "java..", "io.netty..");
    onlyUses(
        "runtime..",
        "java..",
        "io.keepstream.contract..",
        "io.keepstream.config..",
        "io.vertx..",
        "io.netty.channel..",
        "io.micrometer..",
        "com.fasterxml.jackson..",
        "org.slf4j..");
    onlyUses("lab..", "java..", "com.sun.net.httpserver..", "io.keepstream.linux..");
  }

  private static void onlyUses(String module, String... allowed) {
    String[] all = Arrays.copyOf(allowed, allowed.length + 1);
    all[allowed.length] = ROOT + module;
    classes()
        .that()
        .resideInAPackage(ROOT + module)
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(all)
        .check(MAIN);
  }

  @Test
  void onlyTheNotifierKnowsKafkaAndItDoesNotKnowLinux() {
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOT + "notifier.edge..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.vertx.kafka..", "org.apache.kafka..")
        .check(MAIN);
    noClasses()
        .that()
        .resideInAPackage(ROOT + "notifier..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage(ROOT + "linux..")
        .check(MAIN);
  }

  @Test
  void purePackagesKnowNoWorld() {
    noClasses()
        .that(arePure())
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.vertx..", "io.netty..", "org.slf4j..", "java.nio.channels..", "java.net.http..")
        .check(MAIN);
    noClasses()
        .that(arePure())
        .should()
        .dependOnClassesThat(
            DescribedPredicate.describe(
                "are threads, sockets, processes or timers", ArchitectureTest::isWorld))
        .check(MAIN);
  }

  @Test
  @Proves("VR-083")
  void purePackagesReadNoClockAndRollNoDice() {
    noClasses()
        .that(arePure())
        .should()
        .callMethod(System.class, "nanoTime")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(java.time.Instant.class, "now")
        .orShould()
        .callMethod(Math.class, "random")
        .check(MAIN);
  }

  /** So that a new package is pure unless it is named here. */
  @Test
  void theListOfImpurePackagesNamesOnlyWhatExists() {
    Set<String> existing =
        MAIN.stream()
            .map(type -> type.getPackageName().replaceFirst("^io\\.keepstream\\.?", ""))
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(existing).containsAll(IMPURE.stream().filter(p -> !p.equals("testkit")).toList());
  }

  private static DescribedPredicate<JavaClass> arePure() {
    return DescribedPredicate.describe(
        "are in pure packages",
        type -> {
          String name = type.getPackageName().replaceFirst("^io\\.keepstream\\.?", "");
          boolean reading = type.getName().equals(ROOT + "config.language.SystemSource");
          return !reading
              && IMPURE.stream()
                  .noneMatch(
                      impure ->
                          name.equals(impure)
                              || (wholeModule(impure) && name.startsWith(impure + ".")));
        });
  }

  private static boolean wholeModule(String impure) {
    return Set.of("lab", "testkit", "node").contains(impure);
  }

  private static boolean isWorld(JavaClass type) {
    return Set.of(
            "java.lang.Thread",
            "java.lang.Process",
            "java.lang.ProcessBuilder",
            "java.net.Socket",
            "java.net.ServerSocket",
            "java.net.DatagramSocket",
            "java.util.Timer",
            "java.security.SecureRandom",
            "java.util.concurrent.ThreadLocalRandom")
        .contains(type.getName());
  }
}
