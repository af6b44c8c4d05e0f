/**
 * JSON exactly as the reference writes it (serde_json's text) and as leniently as it reads it:
 * members in the order written, unsigned 64-bit numbers, shortest floats, the same escapes. The
 * only package that knows the JSON library; codecs of values build on {@link
 * io.metasrv.application.json.JsonWriter} and {@link io.metasrv.application.json.JsonValue}.
 */
@NullMarked
package io.metasrv.application.json;

import org.jspecify.annotations.NullMarked;
