/**
 * Where new regions and flows go. Pure rules: they take the nodes that are alive, what is asked for
 * and a source of chance, and answer with the chosen nodes and with what they thought of every node
 * they were given.
 */
@NullMarked
package io.metasrv.domain.selector;

import org.jspecify.annotations.NullMarked;
