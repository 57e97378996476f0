package resolve

import (
	"cmp"
	"strings"

	"rapporteur/ingest/fold"
)

// knownBodies are bodies that everybody knows by several names, one a line: the name to show, then the others. A name that
// a body bore before it was renamed is among them; bodies that were merged or taken apart are not. Short forms that
// mean something else as well ("Con", "Lab") are only taken for a body where a page has them as the name of one.
const knownBodies = `European Union | EU | E.U. | UE | the Union of Europe | Union européenne | Europäische Union | Europäischen Union |
	Unión Europea | União Europeia | Europese Unie
United Nations | UN | U.N. | ONU | United Nations Organization | Nations Unies | Vereinte Nationen | Vereinten Nationen |
	Naciones Unidas | Nações Unidas | Verenigde Naties
European Commission | EU Commission | Commission of the European Union
European Parliament | EU Parliament | Europarl
Council of the European Union | EU Council
European Central Bank | ECB
European Court of Human Rights | ECtHR
Organisation for Economic Co-operation and Development | OECD | Organisation for Economic Cooperation and Development
World Health Organization | WHO
World Trade Organization | WTO
World Bank | World Bank Group
International Monetary Fund | IMF
International Labour Organization | ILO
International Telecommunication Union | ITU
UNESCO | United Nations Educational, Scientific and Cultural Organization
UNICEF | United Nations Children's Fund
United Nations Development Programme | UNDP
United Nations High Commissioner for Refugees | UNHCR | UN Refugee Agency
North Atlantic Treaty Organization | NATO
African Union | AU
World Economic Forum | WEF
International Atomic Energy Agency | IAEA
Food and Agriculture Organization | FAO | Food and Agriculture Organization of the United Nations
United Nations Environment Programme | UNEP
Intergovernmental Panel on Climate Change | IPCC
Organization for Security and Co-operation in Europe | OSCE | Organisation for Security and Co-operation in Europe |
	Organization for Security and Cooperation in Europe
European Data Protection Board | EDPB
European Data Protection Supervisor | EDPS
World Intellectual Property Organization | WIPO
Labour Party | Labour | Lab | UK Labour | UK Labour Party | Labour Co-op
Conservative Party | Conservatives | Conservative | Con | Tories | Tory Party | Tory | Conservative and Unionist Party |
	UK Conservatives | the Tories
Liberal Democrats | Lib Dems | Lib Dem | LibDem | LibDems | Liberal Democrat | Liberal Democrat Party | LD
Scottish National Party | SNP
Green Party of England and Wales | Green Party of England & Wales
Democratic Unionist Party | DUP
Reform UK | Reform UK Party | Brexit Party
Plaid Cymru | Plaid | Plaid Cymru – the Party of Wales
Sozialdemokratische Partei Deutschlands | SPD | Sozialdemokraten
Christlich Demokratische Union | CDU | Christlich Demokratische Union Deutschlands | Christdemokraten
Christlich-Soziale Union | CSU | Christlich-Soziale Union in Bayern
Bündnis 90/Die Grünen | Grüne | Die Grünen | Grünen | B90/Grüne | Bündnis 90
Freie Demokratische Partei | FDP | Freie Demokraten
Alternative für Deutschland | AfD
Die Linke | Linke | Linkspartei
Democratic Party | Democrats | Dems
Republican Party | Republicans | GOP | Grand Old Party
House of Commons | Commons | HoC
House of Lords | Lords | HoL
UK Parliament | British Parliament | Parliament of the United Kingdom | UK parliament
UK Government | British Government | HM Government | HMG | His Majesty's Government | Her Majesty's Government |
	Government of the United Kingdom
National Health Service | NHS
HM Treasury | Treasury | HMT | His Majesty's Treasury | Her Majesty's Treasury | UK Treasury
HM Revenue and Customs | HMRC | HM Revenue & Customs
Home Office | UK Home Office
Cabinet Office | UK Cabinet Office
Ministry of Defence | MoD | MOD | UK Ministry of Defence
Ministry of Justice | MoJ | MOJ
Department for Education | DfE
Department for Transport | DfT
Department for Work and Pensions | DWP
Department of Health and Social Care | DHSC | Department of Health
Department for Environment, Food and Rural Affairs | Defra | DEFRA
Department for Science, Innovation and Technology | DSIT | Department for Science Innovation and Technology
Department for Business and Trade | DBT
Department for Energy Security and Net Zero | DESNZ
Department for Culture, Media and Sport | DCMS | Department for Digital, Culture, Media and Sport | Department of Culture, Media and Sport
Ministry of Housing, Communities and Local Government | MHCLG | Department for Levelling Up, Housing and Communities | DLUHC |
	Department for Communities and Local Government | DCLG
Foreign, Commonwealth and Development Office | FCDO | Foreign, Commonwealth & Development Office
Government Digital Service | GDS
Office for National Statistics | ONS
Information Commissioner's Office | ICO
Competition and Markets Authority | CMA | Competition & Markets Authority
Ofcom | Office of Communications
Trades Union Congress | TUC
TUC Cymru | Wales TUC | Wales TUC Cymru
AI Security Institute | AI Safety Institute | UK AI Safety Institute | UK AI Security Institute
Metropolitan Police | Met Police | Metropolitan Police Service | the Met
British Broadcasting Corporation | BBC
Financial Times | FT
New York Times | NYT | The New York Times
Massachusetts Institute of Technology | MIT
London School of Economics and Political Science | LSE | London School of Economics
University College London | UCL
General Services Administration | GSA
Federal Trade Commission | FTC
Federal Communications Commission | FCC
National Science Foundation | NSF
National Institutes of Health | NIH
National Institute of Standards and Technology | NIST
Environmental Protection Agency | EPA
Office of Management and Budget | OMB
Department of Veterans Affairs | US Department of Veterans Affairs | U.S. Department of Veterans Affairs | Veterans Affairs
Department of Homeland Security | DHS | US Department of Homeland Security
International Committee of the Red Cross | ICRC
World Wide Web Consortium | W3C
Institute of Electrical and Electronics Engineers | IEEE
Internet Engineering Task Force | IETF
Deutsche Forschungsgemeinschaft | DFG | German Research Foundation
Centre national de la recherche scientifique | CNRS`

// knownTable gives for the folded form of a known body's name the name to show.
func knownTable() map[string]string {
	table := map[string]string{}
	for line := range strings.Lines(strings.ReplaceAll(knownBodies, " |\n\t", " | ")) {
		forms := strings.Split(strings.TrimSpace(line), " | ")
		for _, f := range forms {
			table[knownKey(f)] = forms[0]
		}
	}
	return table
}

// knownKey is the form in which names are looked up in the table: folded, but an acronym keeps its capitals apart from
// the word of the same letters ("WHO", "who").
func knownKey(name string) string {
	key := fold.Name(strings.ReplaceAll(strings.ReplaceAll(name, "&", " and "), ".", ""))
	if isAcronym(name) {
		return "=" + key
	}
	return key
}

// explainedOften is how many times as many pages must have a well-known acronym as name another body that it is explained by, for the
// acronym to mean the well-known one still: a slip on one page of a hundred takes nobody's name away.
const explainedOften = 5

// joinKnown merges the groups that bear names of one well-known body, but for acronyms that the site explains otherwise.
func (r *resolver) joinKnown() {
	table := knownTable()
	otherwise := map[string]int{} // by acronym, tab, name to show: how many pages name a body that is explained by that acronym
	for _, g := range roots(r.bodies) {
		shown := ""
		for _, n := range sortedKeys(g.names) {
			shown = cmp.Or(shown, table[knownKey(n)])
		}
		for _, n := range sortedKeys(g.names) {
			if given := parseBody(n).given; given != "" && table[knownKey(given)] != shown {
				otherwise[given+"\t"+table[knownKey(given)]] += g.pages()
			}
			for _, f := range sortedKeys(g.forms) {
				if isAcronym(f) && !isAcronym(n) && stands(f, n) && table[knownKey(f)] != shown {
					otherwise[f+"\t"+table[knownKey(f)]] += g.pages()
				}
			}
		}
	}
	byName := map[string]*group{}
	for _, g := range roots(r.bodies) {
		for _, n := range sortedKeys(g.names) {
			shown := table[knownKey(n)]
			if shown == "" || otherwise[n+"\t"+shown]*explainedOften > g.pages() {
				continue
			}
			g.known = shown
			if first := byName[shown]; first != nil {
				merge(first, g)
			} else {
				byName[shown] = g
			}
			break
		}
	}
}

// joinHeaded merges a body with one that is called by its short form and its last words: "International Tide Commons (ITC)
// Consortium" and "ITC Consortium".
func (r *resolver) joinHeaded() {
	for _, g := range roots(r.bodies) {
		for _, at := range g.refs {
			o := r.records[at.page].Organisations[at.index]
			for i, short := range o.Aliases {
				if !isAcronym(short) || i+1 >= len(o.Aliases) {
					continue
				}
				if rest, ok := strings.CutPrefix(o.Name, o.Aliases[i+1]+" "); ok {
					if other := r.bodyByKey[parseBody(short+" "+rest).key()]; other != nil {
						merge(g, other)
					}
				}
			}
		}
	}
}
