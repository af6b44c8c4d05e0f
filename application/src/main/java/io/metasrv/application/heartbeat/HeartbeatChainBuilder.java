package io.metasrv.application.heartbeat;

import io.metasrv.domain.error.ServiceException;
import java.util.ArrayList;
import java.util.List;

/** The handlers of a chain while they may still be changed by name (sheet 04 §3). */
public final class HeartbeatChainBuilder {

  private final List<HeartbeatHandler> handlers;

  /** Begins with these handlers. */
  public HeartbeatChainBuilder(List<HeartbeatHandler> handlers) {
    this.handlers = new ArrayList<>(handlers);
  }

  /** Puts a handler at the end. */
  public HeartbeatChainBuilder addLast(HeartbeatHandler handler) {
    handlers.add(handler);
    return this;
  }

  /**
   * Puts a handler right behind another.
   *
   * @throws ServiceException (InvalidArguments) if there is none with the name
   */
  public HeartbeatChainBuilder addAfter(String target, HeartbeatHandler handler) {
    handlers.add(indexOf(target) + 1, handler);
    return this;
  }

  /**
   * Puts a handler right before another.
   *
   * @throws ServiceException (InvalidArguments) if there is none with the name
   */
  public HeartbeatChainBuilder addBefore(String target, HeartbeatHandler handler) {
    handlers.add(indexOf(target), handler);
    return this;
  }

  /**
   * Puts a handler in the place of another.
   *
   * @throws ServiceException (InvalidArguments) if there is none with the name
   */
  public HeartbeatChainBuilder replace(String target, HeartbeatHandler handler) {
    handlers.set(indexOf(target), handler);
    return this;
  }

  private int indexOf(String target) {
    for (int i = 0; i < handlers.size(); i++) {
      if (handlers.get(i).name().equals(target)) {
        return i;
      }
    }
    throw ServiceException.invalidArguments("Handler not found: " + target);
  }

  /** The handlers in order. */
  public List<HeartbeatHandler> handlers() {
    return List.copyOf(handlers);
  }
}
