package io.metasrv.tests.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import com.google.googlejavaformat.java.ImportOrderer;
import com.google.googlejavaformat.java.JavaFormatterOptions;
import com.google.googlejavaformat.java.RemoveUnusedImports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Rules that are read off the sources and class files themselves. */
class SourceRulesTest {

  private static final Path ROOT =
      Path.of(System.getProperty("metasrv.root", "..")).toAbsolutePath().normalize();

  @Test
  void everySourceFileIsFormatted() throws Exception {
    List<Path> sources = files(".java");
    assertThat(sources).hasSizeGreaterThan(50);
    List<String> unformatted = new ArrayList<>();
    for (Path source : sources) {
      if (!isFormatted(Files.readString(source))) {
        unformatted.add(ROOT.relativize(source).toString());
      }
    }
    assertThat(unformatted).as("files to run tools/format on").isEmpty();
  }

  @Test
  void theFormatterCheckBites() throws Exception {
    assertThat(isFormatted("class  A{int x ;}\n")).isFalse();
    assertThat(isFormatted("class A {\n  int x;\n}\n")).isTrue();
  }

  @Test
  void everyPackageOfTheProductSaysWhatItIsForAndIsNullMarked() throws IOException {
    List<String> silent = new ArrayList<>();
    for (Path source : files(".java")) {
      if (!source.toString().contains("/src/main/java/")) {
        continue;
      }
      Path info = source.resolveSibling("package-info.java");
      if (!Files.exists(info) || !Files.readString(info).contains("@NullMarked")) {
        silent.add(ROOT.relativize(source.getParent()).toString());
      }
    }
    assertThat(silent.stream().distinct()).as("packages without package-info").isEmpty();
  }

  @Test
  void noClassOfDomainOrApplicationHoldsAMonitor() throws IOException {
    List<String> monitors = new ArrayList<>();
    int scanned = 0;
    for (String module : List.of("domain", "application")) {
      Path classes = ROOT.resolve(module).resolve("target/classes");
      try (Stream<Path> found = Files.walk(classes)) {
        for (Path file : found.filter(path -> path.toString().endsWith(".class")).toList()) {
          monitors.addAll(MonitorScan.monitorsIn(Files.readAllBytes(file)));
          scanned++;
        }
      }
    }
    assertThat(scanned).isGreaterThan(50);
    assertThat(monitors).isEmpty();
  }

  private static boolean isFormatted(String source) throws FormatterException {
    Formatter formatter = new Formatter(JavaFormatterOptions.defaultOptions());
    String withoutUnused = RemoveUnusedImports.removeUnusedImports(source);
    String ordered = ImportOrderer.reorderImports(withoutUnused, JavaFormatterOptions.Style.GOOGLE);
    return formatter.formatSource(ordered).equals(source);
  }

  private static List<Path> files(String suffix) throws IOException {
    try (Stream<Path> found = Files.walk(ROOT)) {
      return found
          .filter(path -> path.toString().endsWith(suffix))
          .filter(path -> !path.toString().contains("/target/"))
          .sorted()
          .toList();
    }
  }
}
