/**
 * The topics of a remote write-ahead log in a term of the leader (sheet 08 §2): made and recorded
 * when the term begins, given to new regions in turn.
 */
@NullMarked
package io.metasrv.application.wal;

import org.jspecify.annotations.NullMarked;
