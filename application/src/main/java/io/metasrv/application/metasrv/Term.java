package io.metasrv.application.metasrv;

import io.metasrv.application.port.Fence;
import io.metasrv.application.port.Runtime;
import io.metasrv.domain.error.NotLeaderException;
import io.metasrv.domain.leadership.LeaseWindow;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One term of leadership of this node: the one notion of "am I leader". It is held while nobody
 * ended it <em>and</em> its lease window is open; both are looked at at the moment of use.
 * Everything the leader owns is built for one term and ends with it. Once over, a term is over for
 * good.
 *
 * <p>Thread-safe. {@link #isHeld()} takes no lock.
 */
public final class Term {

  private final long number;
  private final String address;
  private final Fence fence;
  private final Runtime runtime;
  private final ReentrantLock lock = new ReentrantLock();
  private final List<Runnable> endListeners = new ArrayList<>();
  private volatile LeaseWindow window;
  private volatile @Nullable String endReason;

  /**
   * @param number counts the terms of this process from 1
   * @param address advertised address of this node
   * @param fence the fence of the lease that was won
   * @param window the window of the first successful renewal
   */
  public Term(long number, String address, Fence fence, LeaseWindow window, Runtime runtime) {
    this.number = number;
    this.address = address;
    this.fence = fence;
    this.window = window;
    this.runtime = runtime;
  }

  /** Counts the terms of this process from 1. */
  public long number() {
    return number;
  }

  /** What makes this term's writes recognisable to the store. */
  public Fence fence() {
    return fence;
  }

  /**
   * Whether this node may act as leader at this very moment. Ends the term if its window has
   * closed, or if the backend's client came to doubt it.
   */
  public boolean isHeld() {
    if (endReason != null) {
      return false;
    }
    if (fence.isSuspended()) {
      end("the connection that keeps its lease alive was lost");
      return false;
    }
    if (window.isOpen(runtime.monotonic(), runtime.wallClock())) {
      return true;
    }
    end("its lease ran out before it was renewed");
    return false;
  }

  /**
   * Called right before an effect leaves the process.
   *
   * @throws NotLeaderException unless {@link #isHeld()}
   */
  public void check() {
    if (!isHeld()) {
      throw new NotLeaderException(address);
    }
  }

  /**
   * The window a renewal opened. A renewal whose answer comes after the window before it has closed
   * ends the term, because others may have seen it end already.
   *
   * @return whether the term goes on
   */
  public boolean renewed(LeaseWindow newWindow) {
    if (!isHeld()) {
      return false;
    }
    window = newWindow;
    return true;
  }

  /** The current window. */
  public LeaseWindow window() {
    return window;
  }

  /**
   * Ends the term. The first call wins and runs the end listeners on the calling thread, in the
   * order they were added.
   *
   * @param reason for people
   */
  public void end(String reason) {
    List<Runnable> toRun;
    lock.lock();
    try {
      if (endReason != null) {
        return;
      }
      endReason = reason;
      toRun = List.copyOf(endListeners);
      endListeners.clear();
    } finally {
      lock.unlock();
    }
    toRun.forEach(Runnable::run);
  }

  /** Why the term ended, or null while it has not been ended. */
  public @Nullable String endReason() {
    return endReason;
  }

  /**
   * Adds something to do at the end of the term; done at once if it is over. Listeners must not
   * block and must not throw.
   *
   * @return takes the listener away again
   */
  public Runnable onEnd(Runnable listener) {
    lock.lock();
    try {
      if (endReason == null) {
        endListeners.add(listener);
        return () -> remove(listener);
      }
    } finally {
      lock.unlock();
    }
    listener.run();
    return () -> {};
  }

  private void remove(Runnable listener) {
    lock.lock();
    try {
      endListeners.remove(listener);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public String toString() {
    return "term " + number + " of " + address + " (" + fence.describe() + ")";
  }
}
