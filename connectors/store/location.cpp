#include "store/location.h"

#include "odbc/connection_string.h"

namespace vigie::store {

std::string Location::name() const {
  if (is_file()) return file;
  const auto first_of = [&](std::initializer_list<std::string_view> keys) {
    for (const std::string_view key : keys)
      if (std::string value = odbc::value_of(connection, key); !value.empty()) return value;
    return std::string();
  };
  std::string text = first_of({"Database", "DSN", "Driver"});
  if (const std::string server = first_of({"Server", "Servername"}); !server.empty()) text += " at " + server;
  if (const std::string port = first_of({"Port"}); !port.empty()) text += ":" + port;
  return text + ", schema " + schema;
}

}  // namespace vigie::store
