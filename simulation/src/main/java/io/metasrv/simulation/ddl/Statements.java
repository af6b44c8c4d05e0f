package io.metasrv.simulation.ddl;

import io.metasrv.domain.table.TableName;
import io.metasrv.nodes.frontend.DdlRequests;
import io.metasrv.simulation.ddl.Statement.Asked;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** At least one statement for every procedure, and for every way through it that differs. */
public final class Statements {

  private static final DdlRequests DDL =
      DdlRequests.of("db", Instant.parse("2026-01-01T00:00:00.5Z"));

  private static final Asked DATABASE = ids -> DDL.createDatabase("db", false);
  private static final Asked PLAIN = ids -> DDL.createTable(name("plain"), false);
  private static final Asked PARTED = ids -> DDL.createTable(name("parted"), false, "g", "p");
  private static final Asked PHYSICAL = ids -> DDL.createPhysical(name("phy"), false);
  private static final Asked LOGICAL =
      ids -> DDL.createLogical(false, "phy", name("m1"), name("m2"));
  private static final Asked VIEW = ids -> DDL.createView(name("v"), "SELECT 1", false);
  private static final Asked FLOW = ids -> DDL.createFlow("f", name("plain"), name("sink"), false);

  private final List<Statement> all = new ArrayList<>();

  private Statements() {
    databases();
    newTables();
    alterations();
    removals();
    views();
    flows();
    comments();
  }

  /** All of them. */
  public static List<Statement> all() {
    return List.copyOf(new Statements().all);
  }

  private static TableName name(String table) {
    return DDL.name(table);
  }

  private void add(String name, Asked request, Asked... preparation) {
    List<Asked> before = new ArrayList<>(List.of(DATABASE));
    before.addAll(List.of(preparation));
    all.add(new Statement(name, before, request));
  }

  private void databases() {
    add("create database", ids -> DDL.createDatabase("other", false));
    add("create database if not exists", ids -> DDL.createDatabase("other", true));
    add("alter database", ids -> DDL.setDatabaseOption("db", "ttl", "7d"));
    add("drop empty database", ids -> DDL.dropDatabase("db", false));
    add(
        "drop database with all kinds of tables",
        ids -> DDL.dropDatabase("db", false),
        PLAIN,
        PARTED,
        PHYSICAL,
        LOGICAL,
        VIEW);
  }

  private void newTables() {
    add("create table", PLAIN);
    add("create partitioned table", PARTED);
    add("create physical table", PHYSICAL);
    add("create logical tables", LOGICAL, PHYSICAL);
    add(
        "create logical tables, one is there",
        ids -> DDL.createLogical(true, "phy", name("m2"), name("m3"), name("m4")),
        PHYSICAL,
        LOGICAL);
  }

  private void alterations() {
    add("add field", ids -> DDL.addField(name("parted"), "mem"), PARTED);
    add("add tag", ids -> DDL.addTag(name("parted"), "dc"), PARTED);
    add("drop column", ids -> DDL.dropColumn(name("parted"), "cpu"), PARTED);
    add("set table option", ids -> DDL.setOption(name("parted"), "ttl", "3d"), PARTED);
    add("rename table", ids -> DDL.rename(name("parted"), "renamed"), PARTED);
    add(
        "alter logical tables",
        ids -> DDL.addTagToLogical("dc", name("m1"), name("m2")),
        PHYSICAL,
        LOGICAL);
  }

  private void removals() {
    add("drop table", ids -> drop(ids, "plain"), PLAIN);
    add("drop partitioned table", ids -> drop(ids, "parted"), PARTED, PLAIN);
    add("drop logical table", ids -> drop(ids, "m1"), PHYSICAL, LOGICAL);
    add("drop physical table", ids -> drop(ids, "phy"), PHYSICAL);
    add("drop physical table in use, refused", ids -> drop(ids, "phy"), PHYSICAL, LOGICAL);
    add("truncate", ids -> DDL.truncate(name("parted"), ids.table("parted")), PARTED);
  }

  private static io.metasrv.protocol.v1.meta.DdlTaskRequest drop(Ids ids, String table) {
    return DDL.dropTable(name(table), ids.table(table), false);
  }

  private void views() {
    add("create view", VIEW);
    add("replace view", ids -> DDL.createView(name("v"), "SELECT 2", true), VIEW);
    add("drop view", ids -> DDL.dropView(name("v"), ids.table("v")), VIEW);
  }

  private void flows() {
    add("create flow", FLOW, PLAIN);
    add(
        "replace flow",
        ids -> DDL.createFlow("f", name("parted"), name("sink2"), true),
        PLAIN,
        PARTED,
        FLOW);
    add("drop flow", ids -> DDL.dropFlow("f", ids.flow("f")), PLAIN, FLOW);
  }

  private void comments() {
    add("comment on table", ids -> DDL.comment(name("plain"), "said"), PLAIN);
    add("comment on column", ids -> DDL.commentOnColumn(name("plain"), "cpu", "said"), PLAIN);
    add("comment on flow", ids -> DDL.commentOnFlow("f", "said"), PLAIN, FLOW);
  }
}
