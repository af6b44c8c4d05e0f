/** What the pages of the operator's guide say, held against the code. */
@NullMarked
package io.metasrv.bootstrap.docs;

import org.jspecify.annotations.NullMarked;
