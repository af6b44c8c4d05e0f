/**
 * JSON as the stored values and the wire have it: one writer whose text equals serde_json's byte
 * for byte, one reader into a small tree that keeps every number's text. May use jackson-core.
 */
@NullMarked
package io.metasrv.application.json;

import org.jspecify.annotations.NullMarked;
