package io.metasrv.domain.procedure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class LockQueuesTest {

  private final LockQueues queues = new LockQueues();
  private int ids;

  private static LockKey share(String text) {
    return new LockKey(LockMode.SHARE, text);
  }

  private static LockKey alone(String text) {
    return new LockKey(LockMode.EXCLUSIVE, text);
  }

  private LockRequest request(boolean child, LockKey... keys) {
    return queues.request(new ProcedureId(new UUID(0, ids++)), LockSet.of(List.of(keys)), child);
  }

  private LockRequest root(LockKey... keys) {
    return request(false, keys);
  }

  @Test
  void case15_sharedOnesComeFirstEachInTheOrderOfBytes() {
    assertThat(LockSet.of(List.of(alone("b"), share("z"), alone("a"))).keys())
        .containsExactly(share("z"), alone("a"), alone("b"));
    // Bytes, not characters of UTF-16: U+FF5E is below U+1D11E.
    assertThat(LockSet.of(List.of(share("\ud834\udd1e"), share("\uff5e"))).keys())
        .containsExactly(share("\uff5e"), share("\ud834\udd1e"));
  }

  @Test
  void doubledOnesAreOneAndBothModesAreExclusive() {
    assertThat(
            LockSet.of(List.of(share("a"), alone("a"), share("a"), alone("b"), alone("b"))).keys())
        .containsExactly(alone("a"), alone("b"));
  }

  @Test
  void conflictsOfParentAndChildFollowTheMatrix() {
    LockSet shares = LockSet.of(List.of(share("k")));
    LockSet keeps = LockSet.of(List.of(alone("k")));
    LockSet other = LockSet.of(List.of(alone("other")));

    assertThat(shares.conflictWith(shares)).isEmpty();
    assertThat(shares.conflictWith(keeps)).contains(alone("k"));
    assertThat(keeps.conflictWith(shares)).contains(share("k"));
    assertThat(keeps.conflictWith(other)).isEmpty();
  }

  @Test
  void arrivalDecides() {
    LockRequest first = root(share("k"));
    LockRequest second = root(share("k"));
    LockRequest writer = root(alone("k"));
    LockRequest late = root(share("k"));
    assertThat(List.of(first.isGranted(), second.isGranted())).containsOnly(true);
    assertThat(List.of(writer.isGranted(), late.isGranted())).containsOnly(false);

    assertThat(queues.release(first)).isEmpty();
    assertThat(queues.release(second)).containsExactly(writer);
    assertThat(queues.release(writer)).containsExactly(late);
    assertThat(queues.release(late)).isEmpty();
    assertThat(queues.size()).isZero();
  }

  @Test
  void whoWaitsHoldsNothing() {
    LockRequest holder = root(alone("a"));
    LockRequest both = root(alone("a"), alone("b"));
    // The reference would let the second hold b while it waits for a.
    LockRequest later = root(alone("b"));
    assertThat(both.isGranted()).isFalse();
    assertThat(later.isGranted()).as("arrival decides nevertheless").isFalse();

    assertThat(queues.release(both)).containsExactly(later);
    assertThat(queues.release(both)).as("again").isEmpty();
    assertThat(queues.requests()).containsExactly(holder, later);
  }

  @Test
  void aChildWaitsForHoldersOnly() {
    LockRequest parent = root(alone("outer"));
    LockRequest waiting = root(alone("inner"), alone("outer"));
    LockRequest child = request(true, alone("inner"));

    assertThat(child.isGranted()).isTrue();
    assertThat(queues.release(parent)).isEmpty();
    assertThat(queues.release(child)).containsExactly(waiting);
  }

  @Test
  void aRootWaitsForWaitingChildren() {
    LockRequest holder = root(alone("x"));
    LockRequest child = request(true, alone("x"), alone("y"));
    LockRequest root = root(alone("y"));

    assertThat(root.isGranted()).isFalse();
    assertThat(queues.release(holder)).containsExactly(child);
  }

  @Test
  void whateverIsAskedForEverybodyIsServedAndNobodyIsInTheWayOfAnother() {
    for (int seed = 0; seed < 100; seed++) {
      Random random = new Random(seed);
      List<LockRequest> open = new ArrayList<>();
      for (int turn = 0; turn < 120; turn++) {
        if (random.nextInt(5) < 3) {
          LockKey[] keys = new LockKey[1 + random.nextInt(3)];
          for (int i = 0; i < keys.length; i++) {
            String text = "k" + random.nextInt(4);
            keys[i] = random.nextBoolean() ? share(text) : alone(text);
          }
          open.add(request(random.nextInt(5) == 0, keys));
        } else {
          List<LockRequest> granted = open.stream().filter(LockRequest::isGranted).toList();
          if (!granted.isEmpty()) {
            LockRequest done = granted.get(random.nextInt(granted.size()));
            queues.release(done);
            open.remove(done);
          }
        }
        requireNoConflict(open);
      }
      while (!open.isEmpty()) {
        LockRequest next = open.stream().filter(LockRequest::isGranted).findFirst().orElseThrow();
        queues.release(next);
        open.remove(next);
        requireNoConflict(open);
      }
      assertThat(queues.size()).isZero();
    }
  }

  private static void requireNoConflict(List<LockRequest> open) {
    List<LockRequest> granted = open.stream().filter(LockRequest::isGranted).toList();
    for (LockRequest one : granted) {
      for (LockRequest other : granted) {
        if (one != other) {
          assertThat(one.locks().conflictWith(other.locks())).isEmpty();
        }
      }
    }
    // Somebody can always go on.
    assertThat(open.isEmpty() || !granted.isEmpty()).isTrue();
  }
}
