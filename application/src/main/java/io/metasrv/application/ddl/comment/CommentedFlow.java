package io.metasrv.application.ddl.comment;

import io.metasrv.application.ddl.DdlErrors;
import io.metasrv.application.instruction.CacheIdent;
import io.metasrv.application.json.JsonWriter;
import io.metasrv.application.metadata.FlowMetadata;
import io.metasrv.application.metadata.Stored;
import io.metasrv.application.port.Runtime;
import io.metasrv.domain.flow.FlowInfo;
import io.metasrv.domain.procedure.LockKey;
import io.metasrv.domain.procedure.LockMode;
import java.util.List;

/** A flow whose comment is set; without one it is empty. */
record CommentedFlow(
    FlowMetadata flows, Runtime runtime, CommentTarget.Flow name, long id, String comment)
    implements CommentObject {

  private Stored<FlowInfo> stored() {
    return flows.get(id).orElseThrow(() -> DdlErrors.flowNotFound(name.fullName()));
  }

  @Override
  public boolean isUpToDate() {
    return stored().value().comment().equals(comment);
  }

  @Override
  public void update() {
    Stored<FlowInfo> current = stored();
    flows.updateInfo(id, current, current.value().withComment(comment, runtime.wallClock()));
  }

  @Override
  public List<CacheIdent> caches() {
    return List.of(new CacheIdent.OfFlowId(id));
  }

  @Override
  public LockKey lock() {
    return LockKey.flow(LockMode.EXCLUSIVE, id);
  }

  @Override
  public void writeId(JsonWriter out) {
    out.member("flow_id", id);
  }
}
