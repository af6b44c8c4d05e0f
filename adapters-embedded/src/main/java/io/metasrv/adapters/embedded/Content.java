package io.metasrv.adapters.embedded;

import io.metasrv.application.port.KeyRange;
import io.metasrv.application.port.KeyValue;
import io.metasrv.domain.Bytes;
import java.util.List;
import java.util.Optional;

/** Pairs that can be read: what is on disk, or that with writes on top. */
interface Content {

  /** The value of the key. */
  Optional<Bytes> get(Bytes key);

  /** Whether the key is there; cheaper than reading its value. */
  boolean contains(Bytes key);

  /** Every pair of the range at one moment, ascending; values empty if only keys are wanted. */
  List<KeyValue> scan(KeyRange range, boolean keysOnly);
}
