package io.metasrv.adapters.http;

import io.metasrv.application.service.AdminService;
import io.metasrv.domain.error.ServiceException;
import io.metasrv.domain.error.StoreException;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The admin service over a store that is a few fields and can be told to fail. */
final class InMemoryAdmin implements AdminService {

  final EnumSet<Switch> on = EnumSet.noneOf(Switch.class);
  Optional<String> leader = Optional.of("10.0.0.1:3002");
  boolean election = true;
  boolean storeFails;
  long nextTableId = 1024;
  String heartbeats = "[]";
  String leases = "[]";
  Optional<String> heartbeatAddress = Optional.empty();
  Readiness readiness =
      new Readiness(true, "leader", Optional.of("10.0.0.1:3002"), OptionalLong.of(3), List.of());

  private void touchStore() {
    if (storeFails) {
      throw new StoreException.Unavailable("get __switches/maintenance: store is down");
    }
  }

  @Override
  public Optional<String> leader() {
    touchStore();
    return leader;
  }

  @Override
  public boolean hasElection() {
    return election;
  }

  @Override
  public String nodeLeasesJson() {
    touchStore();
    return leases;
  }

  @Override
  public String heartbeatsJson(Optional<String> address) {
    touchStore();
    heartbeatAddress = address;
    return heartbeats;
  }

  @Override
  public boolean isOn(Switch which) {
    touchStore();
    return on.contains(which);
  }

  @Override
  public void set(Switch which, boolean turnOn) {
    touchStore();
    if (turnOn) {
      on.add(which);
    } else {
      on.remove(which);
    }
  }

  @Override
  public long nextTableId() {
    touchStore();
    return nextTableId;
  }

  @Override
  public long setNextTableId(long next) {
    touchStore();
    if (!on.contains(Switch.RECOVERY)) {
      throw ServiceException.unexpected(
          "Unexpected, violated: Setting next table id is only allowed in recovery mode");
    }
    if (next <= nextTableId) {
      throw ServiceException.unexpected(
          "The next value " + next + " is not greater than the current next value " + nextTableId);
    }
    nextTableId = next;
    return next;
  }

  @Override
  public Readiness readiness() {
    return readiness;
  }
}
