package io.metasrv.tests.ddl;

import io.metasrv.application.port.NodeStream;
import io.metasrv.application.port.StreamEnd;
import io.metasrv.protocol.v1.meta.HeartbeatRequest;
import io.metasrv.protocol.v1.meta.HeartbeatResponse;
import io.metasrv.protocol.v1.meta.MailboxMessage;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** A frontend's heartbeat stream that only listens. */
final class FrontendEnd implements NodeStream {

  private final List<MailboxMessage> messages = new CopyOnWriteArrayList<>();

  /** Subjects and texts of what came: {@code subject|json}. */
  List<String> heard() {
    return messages.stream().map(each -> each.getSubject() + "|" + each.getJson()).toList();
  }

  @Override
  public String remote() {
    return "frontend";
  }

  @Override
  public Optional<HeartbeatRequest> receive() {
    return Optional.empty();
  }

  @Override
  public boolean send(HeartbeatResponse response) {
    messages.add(response.getMailboxMessage());
    return true;
  }

  @Override
  public void end(StreamEnd reason) {}

  @Override
  public boolean isEnded() {
    return false;
  }
}
