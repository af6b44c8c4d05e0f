package io.metasrv.application.support;

import io.metasrv.application.metasrv.TermComponent;
import io.metasrv.application.metasrv.TermContext;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** A component that writes down what happens to it. */
public final class TracedComponent implements TermComponent {

  /** What goes wrong with it. */
  public enum Fault {
    NONE,
    FAILS_TO_START,
    FAILS_TO_STOP,
    NEVER_READY
  }

  private final String name;
  private final boolean required;
  private final Fault fault;
  private final TermContext context;
  private final List<String> trace;
  private volatile Runnable whenStarted = () -> {};

  public TracedComponent(
      String name, boolean required, Fault fault, TermContext context, List<String> trace) {
    this.name = name;
    this.required = required;
    this.fault = fault;
    this.context = context;
    this.trace = trace;
  }

  /** Called when the start of the component has begun. */
  public void whenStarted(Runnable action) {
    whenStarted = action;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public boolean required() {
    return required;
  }

  @Override
  public void start() throws InterruptedException {
    trace.add("start " + name);
    whenStarted.run();
    if (fault == Fault.FAILS_TO_START) {
      throw new IllegalStateException(name + " is broken");
    }
    if (fault == Fault.NEVER_READY) {
      try {
        new CountDownLatch(1).await();
      } catch (InterruptedException calledOff) {
        trace.add("interrupted " + name);
        throw calledOff;
      }
    }
  }

  @Override
  public void stop() {
    trace.add("stop " + name + (context.term().isHeld() ? " while leading" : ""));
    if (fault == Fault.FAILS_TO_STOP) {
      throw new IllegalStateException(name + " does not stop");
    }
  }
}
