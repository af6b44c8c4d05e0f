/**
 * Service Store: raw access to the metadata store from any node. Reads go to the backing store,
 * writes to the leader, wherever it is.
 */
@NullMarked
package io.metasrv.application.storeservice;

import org.jspecify.annotations.NullMarked;
