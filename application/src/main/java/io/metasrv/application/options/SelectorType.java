package io.metasrv.application.options;

/** How datanodes are chosen for new regions (sheet 04 on selectors). */
public enum SelectorType {
  ROUND_ROBIN,
  LEASE_BASED,
  LOAD_BASED
}
