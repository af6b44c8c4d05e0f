package io.metasrv.tests.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The build's own compiler options, taken from the parent POM, refuse code that breaks them. */
class CompilerChecksBiteTest {

  private static final Path ROOT =
      Path.of(System.getProperty("metasrv.root", "..")).toAbsolutePath().normalize();

  @TempDir Path classes;

  @Test
  void nullAwayRefusesNullInASignature() throws Exception {
    assertThat(
            errorsOf(
                "@org.jspecify.annotations.NullMarked class Broken { String name() { return null; }"
                    + " }"))
        .anyMatch(error -> error.contains("[NullAway]"));
  }

  @Test
  void errorProneRefusesACheckOnItsOwnList() throws Exception {
    assertThat(errorsOf("class Broken { boolean odd(String s) { return s.equals(s); } }"))
        .anyMatch(error -> error.contains("[SelfEquals]"));
  }

  @Test
  void errorProneRefusesACheckThatThisBuildPromoted() throws Exception {
    assertThat(errorsOf("class Broken { void run() { int total = 1; } }"))
        .anyMatch(error -> error.contains("[UnusedVariable]"));
  }

  @Test
  void soundCodePasses() throws Exception {
    assertThat(
            errorsOf(
                "@org.jspecify.annotations.NullMarked class Broken { String name() { return \"x\";"
                    + " } }"))
        .isEmpty();
  }

  private List<String> errorsOf(String source) throws Exception {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
    List<String> options =
        List.of(
            "-d",
            classes.toString(),
            "-processorpath",
            System.getProperty("java.class.path"),
            "-proc:none",
            "-XDcompilePolicy=simple",
            "--should-stop=ifError=FLOW",
            errorProneOptionOfTheBuild());
    boolean compiled =
        compiler
            .getTask(
                null, null, diagnostics, options, null, List.of(new SourceText("Broken", source)))
            .call();
    List<String> errors = new ArrayList<>();
    for (Diagnostic<? extends JavaFileObject> diagnostic : diagnostics.getDiagnostics()) {
      if (diagnostic.getKind() == Diagnostic.Kind.ERROR) {
        errors.add(diagnostic.getMessage(Locale.ROOT));
      }
    }
    assertThat(compiled).as("compiled without errors").isEqualTo(errors.isEmpty());
    return errors;
  }

  private static String errorProneOptionOfTheBuild() throws Exception {
    String pom = Files.readString(ROOT.resolve("pom.xml"));
    String option = firstGroup(pom, "<arg>(-Xplugin:ErrorProne [^<]*)</arg>");
    String checks = firstGroup(pom, "<errorprone.options>([^<]*)</errorprone.options>");
    return option.replace("${errorprone.options}", checks);
  }

  private static String firstGroup(String text, String pattern) {
    Matcher matcher = Pattern.compile(pattern).matcher(text);
    assertThat(matcher.find()).as("%s in pom.xml", pattern).isTrue();
    return matcher.group(1);
  }

  /** A source file that exists only as text. */
  private static final class SourceText extends SimpleJavaFileObject {
    private final String text;

    SourceText(String className, String text) {
      super(URI.create("string:///" + className + ".java"), Kind.SOURCE);
      this.text = text;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }
}
