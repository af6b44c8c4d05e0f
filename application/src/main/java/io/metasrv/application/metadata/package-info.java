/**
 * What the metadata store holds, as this application reads and writes it: values by hand-written
 * codecs under the keys of {@code domain/key}.
 */
@NullMarked
package io.metasrv.application.metadata;

import org.jspecify.annotations.NullMarked;
