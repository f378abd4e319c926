#include "workbook_reader.h"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string_view>

#include <Poco/AutoPtr.h>
#include <Poco/DOM/DOMParser.h>
#include <Poco/DOM/Document.h>
#include <Poco/DOM/Element.h>
#include <Poco/DOM/NodeList.h>
#include <Poco/Zip/ZipArchive.h>
#include <Poco/Zip/ZipStream.h>

namespace vigie::testing {
namespace {

using Poco::XML::Document;
using Poco::XML::Element;

Poco::AutoPtr<Document> parse(const std::string& xml) { return Poco::XML::DOMParser().parseString(xml); }

std::vector<Element*> elements(const Document& document, const std::string& name) {
  const Poco::AutoPtr<Poco::XML::NodeList> list = document.getElementsByTagName(name);
  std::vector<Element*> out;
  for (unsigned long i = 0; i < list->length(); ++i) out.push_back(static_cast<Element*>(list->item(i)));
  return out;
}

std::string text_of(const Element& parent, const std::string& name) {
  const Element* child = parent.getChildElement(name);
  return child == nullptr ? std::string() : child->innerText();
}

std::map<std::string, std::string> read_parts(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  const Poco::Zip::ZipArchive archive(in);
  std::map<std::string, std::string> parts;
  for (auto each = archive.headerBegin(); each != archive.headerEnd(); ++each) {
    Poco::Zip::ZipInputStream part(in, each->second);
    parts[each->first] = {std::istreambuf_iterator<char>(part), {}};
  }
  return parts;
}

std::vector<std::string> read_shared_strings(const std::map<std::string, std::string>& parts) {
  std::vector<std::string> strings;
  const auto part = parts.find("xl/sharedStrings.xml");
  if (part == parts.end()) return strings;
  const Poco::AutoPtr<Document> document = parse(part->second);
  for (const Element* string : elements(*document, "si")) strings.push_back(text_of(*string, "t"));
  return strings;
}

ReadCell read_cell(const Element& cell, const std::vector<std::string>& strings) {
  if (cell.getChildElement("f") != nullptr) return {ReadCell::Kind::kFormula, text_of(cell, "f")};
  const std::string type = cell.getAttribute("t");
  if (type == "inlineStr") return {ReadCell::Kind::kText, cell.getChildElement("is")->innerText()};
  const std::string value = text_of(cell, "v");
  if (type == "s") return {ReadCell::Kind::kText, strings.at(std::stoul(value))};
  return {value.empty() ? ReadCell::Kind::kEmpty : ReadCell::Kind::kNumber, value};
}

ReadSheet read_sheet(std::string name, const std::string& xml, const std::vector<std::string>& strings) {
  ReadSheet sheet{.name = std::move(name), .xml = xml, .cells = {}, .links = {}};
  const Poco::AutoPtr<Document> document = parse(xml);
  for (const Element* cell : elements(*document, "c")) {
    const ReadCell read = read_cell(*cell, strings);
    if (read.kind != ReadCell::Kind::kEmpty) sheet.cells[cell->getAttribute("r")] = read;
  }
  for (const Element* link : elements(*document, "hyperlink"))
    sheet.links[link->getAttribute("ref")] = link->getAttribute("location");
  return sheet;
}

}  // namespace

std::string ReadSheet::value(const std::string& cell) const {
  const auto found = cells.find(cell);
  return found == cells.end() ? std::string() : found->second.value;
}

std::string ReadSheet::column(const std::string& heading) const {
  for (char letter = 'A'; letter <= 'Z'; ++letter)
    if (value(std::string(1, letter) + "1") == heading) return std::string(1, letter);
  return "";
}

std::vector<std::string> ReadWorkbook::names() const {
  std::vector<std::string> out;
  for (const ReadSheet& each : sheets) out.push_back(each.name);
  return out;
}

const ReadSheet& ReadWorkbook::sheet(const std::string& name) const {
  const auto found = std::find_if(sheets.begin(), sheets.end(), [&](const auto& each) { return each.name == name; });
  if (found == sheets.end()) throw std::out_of_range("no sheet " + name);
  return *found;
}

std::size_t ReadWorkbook::count_parts(const std::string& beginning) const {
  return static_cast<std::size_t>(std::count_if(parts.begin(), parts.end(), [&](const auto& part) {
    return part.first.starts_with(beginning) && part.first.ends_with(".xml");
  }));
}

ReadWorkbook read_workbook(const std::filesystem::path& file) {
  ReadWorkbook workbook{.parts = read_parts(file), .sheets = {}};
  const std::vector<std::string> strings = read_shared_strings(workbook.parts);
  const Poco::AutoPtr<Document> document = parse(workbook.parts.at("xl/workbook.xml"));
  for (std::size_t number = 1; const Element* sheet : elements(*document, "sheet")) {
    const std::string part = "xl/worksheets/sheet" + std::to_string(number++) + ".xml";
    workbook.sheets.push_back(read_sheet(sheet->getAttribute("name"), workbook.parts.at(part), strings));
  }
  return workbook;
}

}  // namespace vigie::testing
