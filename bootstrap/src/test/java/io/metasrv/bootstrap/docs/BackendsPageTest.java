package io.metasrv.bootstrap.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.metasrv.application.options.Backend;
import io.metasrv.bootstrap.config.ConfigLoader;
import io.metasrv.bootstrap.config.ConfigSources;
import io.metasrv.bootstrap.config.EffectiveConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code docs/backends.md}: its configurations are loaded as a server loads them. */
class BackendsPageTest {

  private static final Path ROOT = Path.of(System.getProperty("metasrv.root", ".."));

  /** Section of the page to the backend its configurations have to choose. */
  private static final Map<String, Backend> SECTIONS = new LinkedHashMap<>();

  static {
    SECTIONS.put("Embedded", Backend.EMBEDDED_STORE);
    SECTIONS.put("Memory", Backend.MEMORY_STORE);
    SECTIONS.put("etcd", Backend.ETCD_STORE);
    SECTIONS.put("MySQL", Backend.MYSQL_STORE);
    SECTIONS.put("MariaDB", Backend.MYSQL_STORE);
    SECTIONS.put("PostgreSQL", Backend.POSTGRES_STORE);
    SECTIONS.put("ZooKeeper", Backend.ZOOKEEPER_STORE);
  }

  @TempDir private Path directory;

  /** A fenced block of TOML and the section it stands in. */
  private record Example(String section, String toml) {}

  @Test
  void givenEachConfigurationOfThePageThenItChoosesTheBackendOfItsSectionWithoutAWarning()
      throws IOException {
    List<Example> examples = examples(Files.readAllLines(ROOT.resolve("docs/backends.md")));

    assertThat(examples.stream().map(Example::section).distinct())
        .containsExactlyInAnyOrderElementsOf(SECTIONS.keySet());
    for (Example example : examples) {
      Path file = Files.writeString(directory.resolve("metasrv.toml"), example.toml());
      EffectiveConfig config = ConfigLoader.load(ConfigSources.none().withFile(file));
      assertThat(config.options().store().backend())
          .as(example.toml())
          .isEqualTo(SECTIONS.get(example.section()));
      assertThat(config.warnings()).as(example.toml()).isEmpty();
    }
  }

  @Test
  void givenTheReadmeThenItLeadsToThePage() throws IOException {
    assertThat(Files.readString(ROOT.resolve("README.md"))).contains("docs/backends.md");
  }

  private static List<Example> examples(List<String> lines) {
    List<Example> examples = new ArrayList<>();
    String section = "";
    StringBuilder toml = new StringBuilder();
    boolean inside = false;
    for (String line : lines) {
      if (inside && line.equals("```")) {
        examples.add(new Example(section, toml.toString()));
        toml.setLength(0);
        inside = false;
      } else if (inside) {
        toml.append(line).append('\n');
      } else if (line.equals("```toml")) {
        inside = true;
      } else if (line.startsWith("## ")) {
        section = line.substring(3);
      }
    }
    return examples;
  }
}
