#include "store/location.h"

#include "odbc/connection_string.h"

namespace vigie::store {

std::string Location::name() const {
  if (is_file()) return file;
  return odbc::name_of(connection) + ", schema " + schema;
}

}  // namespace vigie::store
