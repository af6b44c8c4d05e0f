/**
 * The rules of the house, as tests; and fixtures that break each of them, so that each rule is
 * known to bite.
 */
@NullMarked
package io.metasrv.tests.house;

import org.jspecify.annotations.NullMarked;
