package resolve

import "strings"

// nicknames are usual short forms of given names, one name's forms a line. A form that is short for several names stands on several lines.
const nicknames = `alexander alex alec sandy sasha al lex
alexandra alex sandra sasha lexi
abigail abby gail
andrew andy drew
anthony tony
antonio toni tono
barbara barb babs
benjamin ben benny
bernard bernie
bradley brad
catherine cathy kate katie cat
katherine kathy kate katie kat
kathryn kathy kate katie
charles charlie chuck
charlotte charlie lottie
christine chris chrissie tina
christina chris tina chrissie
christopher chris kit topher
daniel dan danny
david dave davy
deborah debbie deb
dominic dom
donald don
dorothy dot dottie
edward ed eddie ted ned
eleanor ellie nell nora
elizabeth liz beth lizzie betty eliza libby lisa
elisabeth liz beth lisa
emily em emma
frances fran frankie
francine fran frankie
francesca fran franny
francis frank
francisco paco fran
frederick fred freddie
gabriel gabe
gabrielle gabby
geoffrey geoff jeff
jeffrey jeff
gerald gerry jerry
gregory greg
harold harry
henry harry hank
isabel izzy bel
isabella bella izzy
jacob jake
jacqueline jackie
james jim jimmy jamie
janet jan
jennifer jen jenny jeni
jeremy jez jerry
jessica jess jessie
joanna jo joanne
joanne jo
jonathan jon jonny
john johnny jack
joseph joe joey
josephine jo josie
joshua josh
judith judy
kenneth ken kenny
kimberly kim
lawrence larry laurie
leonard len leo
louise lou
louis lou
madeleine maddy
malcolm mal
margaret maggie meg peggy marge
martin marty
matthew matt mat
mathew matt mat
maximilian max
michael mike mick micky
michelle shell
mohammed mo mohamed
muhammad mo mohammad
natalie nat
nathaniel nate nat
nathan nate
nicholas nick nicky
nicola nicky nic
oliver ollie
pamela pam
patricia pat trish patty
patrick pat paddy
pauline polly
peter pete
philip phil
phillip phil
rachel rach
raymond ray
rebecca becky becca
richard rich rick dick ricky
robert rob bob bobby robbie
ronald ron ronnie
roger rog
rosemary rosie
russell russ
samantha sam
samuel sam sammy
sebastian seb
simon si
stanley stan
stephen steve
steven steve
stephanie steph
stuart stu
susan sue susie
susannah sue susie
suzanne sue suzie
theodore ted theo
theresa terri tess
teresa terri tess
thomas tom tommy
timothy tim
tobias toby
valerie val
veronica ronnie
victor vic
victoria vicky tori
vincent vince
virginia ginny
walter walt
wilhelm willi
william will bill billy
zachary zach zack`

// nicknameTable gives each given name its short forms. A short form is in the table too, without any of its own.
func nicknameTable() map[string][]string {
	table := map[string][]string{}
	for line := range strings.SplitSeq(nicknames, "\n") {
		forms := strings.Fields(line)
		table[forms[0]] = append(table[forms[0]], forms[1:]...)
		for _, short := range forms[1:] {
			if table[short] == nil {
				table[short] = []string{}
			}
		}
	}
	return table
}
