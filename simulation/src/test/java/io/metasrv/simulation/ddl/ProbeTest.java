package io.metasrv.simulation.ddl;

import java.util.*;
import org.junit.jupiter.api.Test;

class ProbeTest {
  @Test
  void probe() {
    for (Statement s : Statements.all()) {
      long t = System.nanoTime();
      Verdict v = DdlCrashScenario.reference(s, 1);
      System.out.println("== " + s + " points " + v.points().size() + " effects " + v.effects() + " types " + v.types() + " " + v.violations() + " ms " + (System.nanoTime() - t) / 1_000_000);
      if (!v.violations().isEmpty() || s.name().startsWith("create flow")) v.end().lines().forEach((k, l) -> System.out.println("   " + k + " = " + l));
    }
  }
}
