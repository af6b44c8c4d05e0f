/** What is known of a flow (sheet 03 §3.11). */
@NullMarked
package io.metasrv.domain.flow;

import org.jspecify.annotations.NullMarked;
