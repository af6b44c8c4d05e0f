/**
 * JSON as the nodes read and write it: a tree for reading, a writer whose text equals serde_json's.
 * Independent of the server's codecs on purpose, so that each checks the other.
 */
@NullMarked
package io.metasrv.nodes.json;

import org.jspecify.annotations.NullMarked;
