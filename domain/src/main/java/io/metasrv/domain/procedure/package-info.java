/** What a durable procedure is: identity, states, locks, poisons and retry rules (sheet 05). */
@NullMarked
package io.metasrv.domain.procedure;

import org.jspecify.annotations.NullMarked;
