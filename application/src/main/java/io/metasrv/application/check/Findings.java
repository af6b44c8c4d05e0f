package io.metasrv.application.check;

import io.metasrv.application.check.Finding.Category;
import io.metasrv.domain.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Collects findings. Used by one thread. */
final class Findings {

  private final List<Finding> all = new ArrayList<>();

  /** Adds a finding; the reason is a format. */
  void add(Category category, Bytes key, String reason, Object... parts) {
    all.add(new Finding(category, key, String.format(Locale.ROOT, reason, parts)));
  }

  /** Adds the finding unless the condition holds. */
  void unless(boolean holds, Category category, Bytes key, String reason, Object... parts) {
    if (!holds) {
      add(category, key, reason, parts);
    }
  }

  List<Finding> all() {
    return List.copyOf(all);
  }
}
