package io.metasrv.adapters.jdbc;

import io.metasrv.domain.Bytes;
import java.time.LocalDateTime;
import java.util.Optional;

/**
 * The rows of an election at one moment.
 *
 * @param election the reference's row, raw
 * @param term our own row
 * @param now the database's time at that moment
 */
record ElectionView(Optional<Bytes> election, Optional<TermRecord> term, LocalDateTime now) {

  /**
   * The lease that is in force; empty if none is, or if the row is not of the form of one, which
   * holds nobody off.
   */
  Optional<LeaseText> lease() {
    return election.flatMap(ElectionView::parse).filter(lease -> lease.isValidAt(now));
  }

  private static Optional<LeaseText> parse(Bytes row) {
    try {
      return Optional.of(LeaseText.parse(row));
    } catch (IllegalArgumentException foreign) {
      return Optional.empty();
    }
  }

  /** The address of the leader. */
  Optional<String> leader() {
    return lease().map(LeaseText::value);
  }

  /** Whether the term begun with this token still lasts. */
  boolean isTermOf(String token) {
    return lease().isPresent() && isRecordedAs(token);
  }

  /** Whether the rows are as the term with this token wrote them, expired or not. */
  boolean isRecordedAs(String token) {
    return term.isPresent()
        && term.get().token().equals(token)
        && election.equals(Optional.of(term.get().election()));
  }

  /** Whether the node may begin a term: nobody leads, or it itself did, before a restart. */
  boolean mayBeTakenBy(String address) {
    return lease().map(lease -> lease.value().equals(address)).orElse(true);
  }
}
