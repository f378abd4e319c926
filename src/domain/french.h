#pragma once
// What French spelling asks of words and numbers that are put into a sentence. UTF-8 in and out.

#include <cstdint>
#include <string>
#include <string_view>

namespace vigie::french {

inline constexpr std::string_view kThousands = "\u202f";  // narrow no-break space

// figures(12345) is "12 345", with a narrow no-break space; figures(-7) is "-7".
std::string figures(std::int64_t number);

// counted(1, "autre anomalie") is "1 autre anomalie", counted(12, …) "12 autres anomalies": each word takes the plural
// from 2 on; 0 is singular in French.
std::string counted(std::int64_t count, std::string_view words);

// A sentence as it is shown, so that no line begins with a sign: the blank before « ; : ! ? » and », and the one after
// «, become no-break spaces. Texts that people search for or type, such as labels and keys, are left as they are.
std::string spaced(std::string_view sentence);

// « de » before a name: of("Claire MARTIN") is "de Claire MARTIN", of("Anthony ROY") is "d'Anthony ROY". A vowel or a
// mute h elides, case and accents aside; an h is mute where French first names have one, and y where a consonant
// follows.
std::string of(std::string_view name);

}  // namespace vigie::french
