/** Tests of the rules of leadership. */
@NullMarked
package io.metasrv.domain.leadership;

import org.jspecify.annotations.NullMarked;
