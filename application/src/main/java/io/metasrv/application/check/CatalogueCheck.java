package io.metasrv.application.check;

import io.metasrv.application.port.KeyValueStore;
import java.util.List;

/**
 * Checks a whole catalogue: schemas, names, infos, routes, what datanodes are to know, regions of
 * topics, views, flows and sequences must agree; tombstones, poisons and records of procedures must
 * be gone.
 *
 * <p>It reads page by page and not at one moment: on a store that is written to meanwhile it may
 * find what is only on its way. Bad keys and bad values are findings; only the store's own failures
 * are thrown.
 */
public final class CatalogueCheck {

  private CatalogueCheck() {}

  /**
   * What does not fit.
   *
   * @param store as procedures see it, below the chroot if there is one
   * @throws io.metasrv.domain.error.StoreException if the store cannot be read
   */
  public static List<Finding> run(KeyValueStore store) {
    Findings findings = new Findings();
    Catalogue catalogue = Catalogue.read(store, findings);
    new TableCheck(catalogue, findings).run();
    new RegionCheck(catalogue, findings).run();
    FlowCheck flows = new FlowCheck(store, findings);
    flows.run(catalogue.catalogs());
    SequenceCheck sequences = new SequenceCheck(store, findings);
    sequences.tables(catalogue);
    sequences.flows(flows.ids());
    new LeftoverCheck(store, findings).run();
    return findings.all();
  }
}
