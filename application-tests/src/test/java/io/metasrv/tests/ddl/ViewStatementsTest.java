package io.metasrv.tests.ddl;

import static org.assertj.core.api.Assertions.assertThat;

import io.metasrv.application.ddl.view.CreateViewProcedure;
import io.metasrv.application.ddl.view.DropViewProcedure;
import io.metasrv.application.ddl.view.NewView;
import io.metasrv.application.port.Previous;
import io.metasrv.domain.Bytes;
import io.metasrv.domain.TableId;
import io.metasrv.domain.error.MetasrvException;
import io.metasrv.domain.error.StatusCode;
import io.metasrv.domain.procedure.LockKey;
import io.metasrv.domain.procedure.ProcedureOutput;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Views (sheet 06 §15, §24). */
class ViewStatementsTest {

  private static final ProcedureOutput FIRST =
      new ProcedureOutput.TableIds(List.of(new TableId(1024)));

  private final Statements statements = new Statements();
  private final DdlWorld world = statements.world;

  private ProcedureDriver create(NewView view) throws InterruptedException {
    return ProcedureDriver.run(new CreateViewProcedure(statements.context(), view));
  }

  private ProcedureDriver drop(String name, long id, boolean ifExists) throws InterruptedException {
    return ProcedureDriver.run(
        new DropViewProcedure(statements.context(), Statements.dropView(name, id, ifExists)));
  }

  @Test
  void case32_replacingAViewKeepsItsIdAndATableIsNotReplaced() throws InterruptedException {
    statements.created(Tasks.table("t"));
    assertThat(create(Statements.view("t", "SELECT 1", true, false)).error())
        .returns(StatusCode.TABLE_ALREADY_EXISTS, MetasrvException::code)
        .hasMessage("Table already exists, table: greptime.public.t");

    ProcedureOutput second = new ProcedureOutput.TableIds(List.of(new TableId(1025)));
    assertThat(create(Statements.view("v", "SELECT 1", false, false)).output()).isEqualTo(second);
    String info = world.value("__table_info/1025");
    assertThat(create(Statements.view("v", "SELECT 2", true, false)).output()).isEqualTo(second);
    assertThat(world.value("__view_info/1025"))
        .contains("\"definition\":\"SELECT 2\",\"version\":1");
    assertThat(world.value("__table_info/1025")).isEqualTo(info);
    assertThat(world.heard().getLast())
        .isEqualTo(
            "Invalidate view cache by creating view|{\"InvalidateCaches\":[{\"TableName\":"
                + "{\"catalog_name\":\"greptime\",\"schema_name\":\"public\","
                + "\"table_name\":\"v\"}},{\"TableId\":1025}]}");
  }

  @Test
  void aNameThatIsTakenIsRefusedOrFine() throws InterruptedException {
    create(Statements.view("v", "SELECT 1", false, false)).output();
    assertThat(create(Statements.view("v", "SELECT 2", false, false)).error())
        .returns(StatusCode.TABLE_ALREADY_EXISTS, MetasrvException::code)
        .hasMessage("View already exists, view: greptime.public.v");
    assertThat(create(Statements.view("v", "SELECT 2", false, true)).output()).isEqualTo(FIRST);
    assertThat(world.value("__view_info/1024")).contains("\"definition\":\"SELECT 1\"");
  }

  @Test
  void aReplacementTakenOverAfterItWasAppliedIsNotAppliedAgain() throws InterruptedException {
    create(Statements.view("v", "SELECT 1", false, false)).output();
    CreateViewProcedure replace =
        new CreateViewProcedure(
            statements.context(), Statements.view("v", "SELECT 2", true, false));
    String dump = ProcedureDriver.crashAfter(replace, 1);
    ProcedureDriver.run(replace).output();
    assertThat(ProcedureDriver.run(CreateViewProcedure.load(statements.context(), dump)).output())
        .isEqualTo(FIRST);
    assertThat(world.value("__view_info/1024")).contains("\"version\":1");
  }

  @Test
  void aWriteWhoseOutcomeIsUnknownIsRepeated() throws InterruptedException {
    LossyStore lossy = new LossyStore(world.store);
    world.seeing(lossy);
    lossy.loseNextAnswer();
    ProcedureDriver driver = create(Statements.view("v", "SELECT 1", false, false));
    assertThat(driver.output()).isInstanceOf(ProcedureOutput.TableIds.class);
    assertThat(driver.failedSteps()).isEqualTo(1);
    assertThat(world.values("__view_info/")).hasSize(1);
  }

  @Test
  void aViewNeedsItsDatabase() throws InterruptedException {
    world.store.delete(Bytes.utf8("__schema_name/greptime/public"), Previous.DISCARD);
    assertThat(create(Statements.view("v", "SELECT 1", false, false)).error())
        .hasMessage("Schema nod found, schema: public");
  }

  @Test
  void aDroppedViewLeavesNothing() throws InterruptedException {
    create(Statements.view("v", "SELECT 1", false, false)).output();
    world.nextLeader();
    drop("v", 1024, false).output();
    assertThat(world.values("__table_")).isEmpty();
    assertThat(world.values("__view_info/")).isEmpty();
    assertThat(world.heard())
        .containsExactly(
            "Invalidate view cache by dropping view|{\"InvalidateCaches\":[{\"TableId\":1024},"
                + "{\"TableName\":{\"catalog_name\":\"greptime\",\"schema_name\":\"public\","
                + "\"table_name\":\"v\"}}]}");
    assertThat(drop("v", 1024, false).error())
        .returns(StatusCode.TABLE_NOT_FOUND, MetasrvException::code)
        .hasMessage("View not found: 'greptime.public.v'");
    drop("v", 1024, true).output();
  }

  @Test
  void whatIsNoViewIsNotDropped() throws InterruptedException {
    statements.created(Tasks.table("t"));
    create(Statements.view("v", "SELECT 1", false, false)).output();
    assertThat(drop("t", 1024, false).error())
        .returns(StatusCode.INVALID_ARGUMENTS, MetasrvException::code)
        .hasMessage("Invalid view info, err: greptime.public.t is not a view");
    assertThat(drop("v", 1024, false).error().code()).isEqualTo(StatusCode.INVALID_ARGUMENTS);
    assertThat(world.values("__view_info/")).hasSize(1);
  }

  @Test
  void dropLocksTheNameAndTheId() {
    assertThat(
            new DropViewProcedure(statements.context(), Statements.dropView("v", 1024, false))
                .locks())
        .extracting(LockKey::toString)
        .containsExactlyInAnyOrder(
            "Share(\"__catalog_lock/greptime\")",
            "Share(\"__schema_lock/greptime.public\")",
            "Exclusive(\"__table_lock/1024\")",
            "Exclusive(\"__table_name_lock/greptime.public.v\")");
  }
}
