/**
 * What every election backend shares: the names of its keys and the form of a candidate's record.
 */
@NullMarked
package io.metasrv.application.election;

import org.jspecify.annotations.NullMarked;
