package io.metasrv.doubles;

import io.metasrv.application.service.AdminService;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Doubles do not call the admin routes. */
record NoAdmin() implements AdminService {

  @Override
  public Optional<String> leader() {
    return Optional.empty();
  }

  @Override
  public boolean hasElection() {
    return true;
  }

  @Override
  public String nodeLeasesJson() {
    return "[]";
  }

  @Override
  public String heartbeatsJson(Optional<String> address) {
    return "[]";
  }

  @Override
  public boolean isOn(Switch which) {
    return false;
  }

  @Override
  public void set(Switch which, boolean wanted) {
    throw new UnsupportedOperationException("no switches here");
  }

  @Override
  public long nextTableId() {
    return 1024;
  }

  @Override
  public long setNextTableId(long next) {
    return next;
  }

  @Override
  public Readiness readiness() {
    return new Readiness(true, "leader", Optional.empty(), OptionalLong.empty(), List.of());
  }
}
