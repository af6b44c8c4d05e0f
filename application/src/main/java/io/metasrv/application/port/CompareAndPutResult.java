package io.metasrv.application.port;

import io.metasrv.domain.Bytes;
import java.util.Optional;

/**
 * What a compare-and-put did.
 *
 * @param success whether the condition held and the value was written
 * @param current on failure, the value that is there instead; empty if the key is missing, and
 *     always on success
 */
public record CompareAndPutResult(boolean success, Optional<Bytes> current) {}
